export {
  createGenesysClient,
  type GenesysAnswer,
  type GenesysCaller,
  type GenesysCallOptions,
  type GenesysChatCaller,
  type GenesysClient,
  type GenesysMembers,
  type GenesysTampering,
} from './genesys.js';
export {
  createOzekiClient,
  type OzekiAnswer,
  type OzekiCaller,
  type OzekiCallOptions,
  type OzekiClient,
  type OzekiMembers,
  type OzekiSigner,
  ozekiUrl,
  type Tampering,
} from './ozeki.js';
export {
  createRelationClient,
  type RelationAnswer,
  type RelationCaller,
  type RelationCallOptions,
  type RelationClient,
  type RelationMembers,
  type RelationTampering,
} from './relation.js';
export { type Call, jsonOf, sendCall, type Wire } from './send.js';
