import { chatModel } from '../../chatserver/model/index.js';
import { genesysSender } from '../client.js';
import { genesysDialect } from '../dialect.js';
import { genesysOf } from '../target.js';

/** The contract of the Genesys eServices chat API as something that can be run. */
export const {
  model: genesysModel,
  rules,
  judgeBy,
} = chatModel({
  dialect: genesysDialect,
  answered: 'GE-COM-1',
  ids: {
    served: 'GE-COM-2',
    access: 'GE-COM-5',
    ownId: 'GE-REQ-3',
    ownKey: 'GE-REQ-3-SHOULD',
    same: 'GE-MSG-4',
    fromPosition: 'GE-MSG-1',
    whole: 'GE-MSG-2',
    texts: 'GE-MSG-6',
    polling: 'GE-MSG-7',
    shown: {
      start: 'GE-TYPE-1-START',
      stop: 'GE-TYPE-1-STOP',
      rename: 'GE-NICK-1-SHOULD',
      push: 'GE-URL-1',
    },
    nickname: 'GE-NICK-1',
    participant: 'GE-MSG-11',
    open: 'GE-MSG-8',
    over: 'GE-MSG-8',
    foreign: 'GE-MSG-9',
    time: 'GE-MSG-5',
    behind: 'GE-MSG-7-SHOULD',
    late: 'GE-DONE-1-SHOULD',
  },
  wayTo(target) {
    const section = genesysOf(target);
    if (section === undefined) return undefined;
    const { url, tenantName } = section;
    const names = { nickname: 'Alice', firstName: 'Conformance', lastName: 'Check' };
    return {
      sender: (wire) => genesysSender({ url, wire }),
      opening: { ...names, tenantName, subject: 'conformance check' },
    };
  },
});
