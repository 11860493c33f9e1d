import { engineSuite } from '../../test/support/engine-suite.ts';
import { memoryHost } from '../../test/support/memory-host.ts';

engineSuite({ first: memoryHost, again: ({ indexedDB }) => memoryHost({ indexedDB }) });
