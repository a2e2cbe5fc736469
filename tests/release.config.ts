import { chooseVolumes } from '../fixtures/volumes.js';
import config from './all.config.js';

// Every case of each table and the whole fault matrix, with volumes that are drawn anew each time. For a release, not for each change.
process.env.CHAT_CONFORMANCE_THOROUGH ??= '1';
process.env.CHAT_CONFORMANCE_VOLUMES ??= 'random';
chooseVolumes();

export default config;
