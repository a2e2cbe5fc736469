/** Tells what one action answers, which is the server's doing, from what every action meets, which is done by what stands before it. */
import type { Api, ReceivedResponse } from '../exchange/index.js';
import type { Redactor } from '../secrets/index.js';
import { type About, type Answer, notTheServer, type Transport, TransportFailure } from '../transport/index.js';
import { type Asked, mendOf, type Page, pageOf } from './page.js';

/** What must be known of an API to tell. */
export interface Speech {
  /** Whether JSON is this API's, be it a success or a refusal. */
  isOwn(body: unknown): boolean;
  /** Harmless requests of different actions. */
  samples: readonly Sample[];
  asked: Omit<Asked, 'url'>;
}

/** A harmless request of an action, which a server in order answers as its API documents. */
export interface Sample {
  action: string;
  /** Gives what came; rejects where nothing did. */
  send(): Promise<ReceivedResponse>;
}

/** Whether a status says by itself that a gateway answers, where nothing speaks as the API. */
function isGateways(status: number): boolean {
  return (status >= 300 && status < 400) || status >= 500 || [401, 403, 407].includes(status);
}

/**
 * The transport, that fails where an answer is not the API's. When an answer is a page, other actions are asked once for each kind
 * of page and action: where one of them speaks, the page is the server's own and passes as an answer. Bad input may get a page from
 * a server in order, so there the same action is asked too.
 * @throws TransportFailure of the environment for a page that every action meets.
 */
export function watchGateways(
  transport: Transport,
  { speech, redactor }: { speech(api: Api): Speech; redactor: Redactor },
): Transport {
  const known = new Map<string, Promise<boolean>>();
  const isEverybodys = (page: Page, { api, action, isProbe }: About): Promise<boolean> => {
    const key = `${api} ${action} ${isProbe === true} ${page.look}`;
    const asked = known.get(key) ?? meetsAll(page, isProbe ? undefined : action, speech(api));
    known.set(key, asked);
    return asked;
  };
  return {
    async send(request, about) {
      const answer = await transport.send(request, about);
      const { isOwn, asked } = speech(about.api);
      const page = pageOf(answer.response, isOwn);
      if (page === undefined || !(await isEverybodys(page, about))) return answer;
      throw failure(page, answer, { ...asked, url: request.url }, redactor);
    },
  };
}

/** Whether all actions but one meet the page too, or nothing but pages where its status is that of a gateway. */
async function meetsAll(page: Page, except: string | undefined, { isOwn, samples }: Speech): Promise<boolean> {
  const looks: (string | undefined)[] = [];
  for (const { action, send } of samples) {
    if (action === except) continue;
    const answer = await send().catch(() => undefined);
    const other = answer && pageOf(answer, isOwn);
    if (answer !== undefined && other === undefined) return false;
    looks.push(other?.look);
  }
  return isGateways(page.status) || (looks.length > 0 && looks.every((look) => look === page.look));
}

function failure(page: Page, answer: Answer, asked: Asked, redactor: Redactor): TransportFailure {
  const words = shortened(page.words, redactor);
  const { host } = new URL(asked.url);
  const diagnosis = notTheServer('not-the-api', {
    who: host,
    what: `answers every action with something else than the API: ${words}`,
    mend: redactor.text(mendOf(page, answer.response, asked)),
  });
  return new TransportFailure(diagnosis, answer);
}

const mostWords = 300;

/** A text of the server, fit for a line: credentials are covered before it is cut, and no control character is left. */
function shortened(text: string, redactor: Redactor): string {
  const safe = redactor.text(text).replace(/\p{Cc}+/gu, ' ');
  return safe.length > mostWords ? `${safe.slice(0, mostWords)}…` : safe;
}
