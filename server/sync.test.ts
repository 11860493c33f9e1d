import { openTestDatabase } from '../test/support/embedded.ts';
import { syncSuite } from '../test/support/sync-suite.ts';

syncSuite(openTestDatabase);
