import { variantsOf } from './rows.js';

/** Conforming servers that differ from the ordinary stub; a suite that accuses one of a MUST is wrong. */
export const variants = variantsOf({});
