import type { Call } from './call.js';
import type { RelationAction, User } from './model.js';

/** One action: how it is served, and what it does. `run` gives the `data` of the answer. */
export interface ActionOf {
  method: 'GET' | 'POST';
  /** The last part of its path. */
  name: string;
  run(call: Call, caller: User): unknown;
}

/** All actions, by the names that their files bear. */
export const actions: Record<RelationAction, ActionOf> = {
  list: {
    method: 'GET',
    name: 'list',
    run(call, caller) {
      const { behaviour } = call;
      behaviour.checkReceiver(call);
      const [maxCreateAt, limit] = [behaviour.readMaxCreateAt(call), behaviour.readLimit(call)];
      const channel = behaviour.channelOf(call, caller);
      behaviour.authoriseReading(call, channel, caller);
      const ordered = behaviour.order(call, behaviour.messagesOf(call, channel, caller));
      return behaviour.page(call, ordered, maxCreateAt, limit).map((message) => behaviour.showMessage(call, message));
    },
  },
  send: {
    method: 'POST',
    name: 'send',
    run(call, caller) {
      const { behaviour } = call;
      behaviour.checkReceiver(call);
      const draft = behaviour.readDraft(call);
      const channel = behaviour.channelOf(call, caller);
      behaviour.authoriseSending(call, channel, caller);
      return behaviour.showSent(call, behaviour.store(call, channel, caller, draft));
    },
  },
  read: {
    method: 'POST',
    name: 'read',
    run(call, caller) {
      const { behaviour } = call;
      behaviour.checkReceiver(call);
      const total = behaviour.readTotal(call);
      const channel = behaviour.channelOf(call, caller);
      behaviour.authoriseReading(call, channel, caller);
      return behaviour.markRead(call, channel, caller, total);
    },
  },
  hide: {
    method: 'POST',
    name: 'hide',
    run(call, caller) {
      const { behaviour } = call;
      const message = behaviour.messageOf(call, caller);
      behaviour.authoriseHiding(call, message, caller);
      behaviour.hide(call, message, caller);
      return null;
    },
  },
  unreadcount: {
    method: 'GET',
    name: 'unreadCount',
    run: (call, caller) => call.behaviour.countUnread(call, caller),
  },
};

/** The action that a method and the last part of a path pick. */
export function actionOf(method: string, name: unknown): RelationAction | undefined {
  const found = Object.entries(actions).find(([, it]) => it.method === method && it.name === name);
  return found?.[0] as RelationAction | undefined;
}
