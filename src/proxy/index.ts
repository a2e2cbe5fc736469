export { type Judging, startJudging } from './judging.js';
export { type ProxyOptions, type RunningProxy, startProxy } from './proxy.js';
export { unpacked } from './unpack.js';
