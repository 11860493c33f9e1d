import { syncSuite } from '../test/support/sync-suite.ts';
import { openEmbedded } from './storage/embedded.ts';

syncSuite(() => openEmbedded(undefined));
