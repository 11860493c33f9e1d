import { ICON_PATHS, type IconName } from './icon-paths.ts';

/** A drawn sign. Decoration unless `label` says what it stands for. */
export function Icon({ name, size = 16, label }: { name: IconName; size?: number; label?: string }) {
  const naming = label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label };
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.5}
      strokeLinecap="round"
      strokeLinejoin="round"
      focusable="false"
      {...naming}
    >
      <path d={ICON_PATHS[name]} />
    </svg>
  );
}
