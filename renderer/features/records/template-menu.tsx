import { Button, Menu } from '@mantine/core';
import type { TableName } from '#shared/model/dictionary.ts';
import type { FormDraft } from '../../ui/record-form/form-draft.ts';
import { Icon } from '../../ui/icon.tsx';
import { useApplyTemplate, useTemplates } from '../common/use-templates.ts';

type Props = { readonly table: TableName; readonly draft: FormDraft; readonly onDraft: (draft: FormDraft) => void };

/** REC-38: starts a new record from a template; nothing where there is none. */
export function TemplateMenu({ table, draft, onDraft }: Props) {
  const templates = useTemplates(table);
  const apply = useApplyTemplate(table, undefined);
  if (templates === undefined || templates.length === 0) return null;
  return (
    <Menu position="bottom-end" width={260}>
      <Menu.Target>
        <Button leftSection={<Icon name="template" size={14} />} rightSection={<Icon name="chevronDown" size={12} />}>
          From a template
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {templates.map((template) => (
          <Menu.Item key={template.id} onClick={() => void apply(draft, template.values).then(onDraft)}>
            {template.label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
