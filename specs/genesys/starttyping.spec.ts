import { requirement } from '../../fixtures/genesys/suite.js';
import { typingFindings } from '../../fixtures/genesys/typing.js';

requirement('GE-TYPE-1-START', (context) => typingFindings(context, 'starttyping', 'TypingStarted'));
