import { openTestDatabase } from '../../test/support/embedded.ts';
import { attachmentsSuite } from '../../test/support/attachments-suite.ts';

attachmentsSuite(openTestDatabase);
