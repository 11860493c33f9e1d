import { openTestDatabase } from '../test/support/embedded.ts';
import { pointsSuite } from '../test/support/points-suite.ts';

pointsSuite(openTestDatabase);
