import { ActionIcon, Tooltip, type ActionIconProps } from '@mantine/core';
import type { MouseEvent, Ref } from 'react';
import { Icon } from './icon.tsx';
import type { IconName } from './icon-paths.ts';

type Props = Omit<ActionIconProps, 'children'> & {
  readonly icon: IconName;
  readonly label: string;
  /** Shown in the tooltip, for example "Ctrl+K". */
  readonly keys?: string | undefined;
  readonly onClick?: (event: MouseEvent<HTMLButtonElement>) => void;
  readonly pressed?: boolean;
  readonly ref?: Ref<HTMLButtonElement>;
};

/** A button that is only a sign: its name is its tooltip, with the key that does the same. */
export function IconButton({ icon, label, keys, pressed, variant = 'subtle', size = 28, ...rest }: Props) {
  return (
    <Tooltip label={keys === undefined ? label : `${label} (${keys})`}>
      <ActionIcon
        variant={variant}
        size={size}
        color="gray"
        aria-label={label}
        {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}
        {...rest}
      >
        <Icon name={icon} />
      </ActionIcon>
    </Tooltip>
  );
}
