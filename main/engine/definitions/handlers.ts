import type { Handlers } from '../context.ts';
import { addDemo } from './add-demo.ts';
import { addStarter, starterIsMissing } from './add-starter.ts';
import { publish, retire } from './publication.ts';

type Names = 'definitions.publish' | 'definitions.retire' | 'workspace.addStarterDefinitions' | 'workspace.demo';

/** Publishing and retiring of definitions, and the ready-made ones (DCE-05, RSK-09). */
export const definitionHandlers: Handlers<Names> = {
  'definitions.publish': publish,
  'definitions.retire': retire,
  'workspace.demo': addDemo,
  'workspace.addStarterDefinitions': async ({ view, records, settings }, _input, { commandId, actor }) => {
    if (!starterIsMissing(view)) return { created: 0 };
    const meta = { commandId, actor, label: 'Add ready-made definitions' };
    const { result } = await records.run(meta, (draft) => addStarter(draft, settings().asOf));
    return { created: result };
  },
};
