/** Tells what one action answers, which is the server's doing, from what every action meets, which is done by what stands before it. */
import type { Wire } from '../client/send.js';
import type { NamedProxy } from '../exchange/connection.js';
import type { ReceivedResponse } from '../exchange/index.js';
import type { Redactor } from '../secrets/index.js';
import { needsAuthorization, type ResolvedTarget, type TargetApi } from '../target/index.js';
import {
  type About,
  type Answer,
  type Asked,
  type FailureKind,
  mendOf,
  notTheServer,
  type Page,
  pageOf,
  proxyOf,
  senderOf,
  type Transport,
  TransportFailure,
} from '../transport/index.js';

/** How an API is told from what stands before its server. */
export interface Front {
  /** Whether JSON is of the kind that the API answers, be it a success or a refusal: gateways answer JSON of their own. */
  isOwn(body: unknown): boolean;
  /** The actions that answer bytes where they serve: whatever comes with a success is the API's. */
  answeringBytes?: readonly string[];
  /** Harmless requests of two actions at least, by `wire`. */
  samples(target: ResolvedTarget, wire: Wire): readonly Sample[];
}

/** A harmless request of an action, which a server in order answers as its API documents. */
export interface Sample {
  action: string;
  /** It asks for what is not there: a server in order may refuse it by a page. */
  isProbe?: boolean;
  /** Gives what came; rejects where nothing did. */
  send(): Promise<ReceivedResponse>;
}

/** What must be known of an API to tell; without a front, whatever comes is the server's. */
export interface Fronted extends TargetApi {
  front?: Front;
}

/** The samples of an API, sent by `transport`. */
export function samplesOf({ front }: Fronted, target: ResolvedTarget, transport: Transport): readonly Sample[] {
  const wire: Wire = { transport, record: () => {}, recordFailure: () => {}, guard: () => {} };
  return front?.samples(target, wire) ?? [];
}

/** Whether a status says by itself that a gateway answers, where nothing speaks as the API. */
function isGateways(status: number): boolean {
  return (status >= 300 && status < 400) || status >= 500 || [401, 403, 407].includes(status);
}

/**
 * The transport, that fails where an answer is not the API's. When an answer is a page, other actions are asked once for each kind
 * of page and action: where one of them speaks, the page is the server's own and passes as an answer, unless who sent it goes by
 * another name than all through whom the API spoke. Bad input may get a page from a server in order, so there the same action is
 * asked too. Once the API has spoken, a 500 by the same name passes unasked: gateways say 502 to 504 of a server that they do not reach.
 * @throws TransportFailure of the environment for a page that every action meets, or that somebody else sent.
 */
export function watchGateways(
  transport: Transport,
  { target, apis, redactor }: { target: ResolvedTarget; apis: readonly Fronted[]; redactor: Redactor },
): Transport {
  const known = new Map<string, Promise<boolean>>();
  /** By API, through whom it spoke. */
  const senders = new Map<string, Set<string>>();
  const listening: Transport = {
    async send(request, about) {
      const answer = await transport.send(request, about);
      const front = apis.find(({ name }) => name === about.api)?.front;
      const { json } = answer.response;
      if (json !== undefined && front?.isOwn(json)) {
        const met = senders.get(about.api) ?? new Set();
        senders.set(about.api, met.add(senderOf(answer.response)));
      }
      return answer;
    },
  };
  /** Whether the API has spoken through who sent an answer; `undefined` where it has not spoken yet. */
  const hasSpoken = ({ name }: Fronted, { response }: Answer): boolean | undefined =>
    senders.get(name)?.has(senderOf(response));
  const asking: Transport = { send: (request, about) => listening.send(request, { ...about, requirement: 'gateway' }) };
  const isEverybodys = (page: Page, api: Fronted, { action, isProbe }: About): Promise<boolean> => {
    const key = `${api.name} ${action} ${isProbe === true} ${page.look}`;
    const told = known.get(key) ?? meetsAll(page, api, samplesOf(api, target, asking), isProbe ? undefined : action);
    known.set(key, told);
    return told;
  };
  return {
    async send(request, about) {
      const answer = await listening.send(request, about);
      const api = apis.find(({ name, front }) => name === about.api && front !== undefined);
      const isBytes = answer.response.status === 200 && api?.front?.answeringBytes?.includes(about.action) === true;
      const page = isBytes ? undefined : api?.front && pageOf(answer.response, api.front.isOwn);
      if (api === undefined || page === undefined) return answer;
      // The server's failure, also where it fails at every action.
      if (page.status === 500 && hasSpoken(api, answer)) return answer;
      const isOfAll = await isEverybodys(page, api, about);
      if (!isOfAll && hasSpoken(api, answer) !== false) return answer;
      const met = isOfAll ? 'every action' : about.action;
      const asked: Asked = {
        url: request.url,
        member: `${api.name}.url`,
        base: target.sections[api.name]?.url ?? request.url,
        needsAuthorization: needsAuthorization(api),
      };
      const { proxy } = target.connections[api.name] ?? {};
      throw failure(page, answer, { kind: isOfAll ? 'not-the-api' : 'intercepted', met, asked, proxy, redactor });
    },
  };
}

/** Whether all actions but one meet the page too, or nothing but pages where its status is that of a gateway. */
async function meetsAll(
  page: Page,
  { front }: Fronted,
  samples: readonly Sample[],
  except: string | undefined,
): Promise<boolean> {
  const looks: (string | undefined)[] = [];
  for (const { action, isProbe = false, send } of samples) {
    // Neither can tell: the call that met the page, and bad input where bad input met it.
    if (action === except || (isProbe && except === undefined)) continue;
    const answer = await send().catch(() => undefined);
    const other = answer && pageOf(answer, (body) => front?.isOwn(body) === true);
    if (answer !== undefined && other === undefined) return false;
    looks.push(other?.look);
  }
  if (looks.length === 0) return except !== undefined && isGateways(page.status);
  return isGateways(page.status) || looks.every((look) => look === page.look);
}

function failure(
  page: Page,
  answer: Answer,
  at: { kind: FailureKind; met: string; asked: Asked; proxy: NamedProxy | undefined; redactor: Redactor },
): TransportFailure {
  const { kind, met, asked, proxy, redactor } = at;
  const through = proxy === undefined ? '' : `, through ${proxyOf(proxy)}`;
  const diagnosis = notTheServer(kind, {
    who: new URL(asked.url).host,
    what: `answers ${met} with something else than the API: ${shortened(page.words, redactor)}${through}`,
    mend: redactor.sentence(mendOf(page, answer.response, asked)),
  });
  return new TransportFailure(diagnosis, answer);
}

const mostWords = 300;

/** A text of the server, fit for a line: credentials are covered before it is cut, and no control character is left. */
function shortened(text: string, redactor: Redactor): string {
  const safe = redactor.cut(text, mostWords).replace(/\p{Cc}+/gu, ' ');
  return text.length > mostWords ? `${safe}…` : safe;
}
