import {
  createTheme,
  Anchor,
  Button,
  Checkbox,
  Combobox,
  Input,
  InputWrapper,
  Kbd,
  Menu,
  NativeSelect,
  Popover,
  SegmentedControl,
  Switch,
  Textarea,
  TextInput,
  Tooltip,
  type CSSVariablesResolver,
  type MantineColorsTuple,
} from '@mantine/core';

const ink: MantineColorsTuple = [
  '#eef0fa',
  '#dde1f3',
  '#c3cbff',
  '#a9b5ff',
  '#8794e6',
  '#5a69bd',
  '#4b5bb3',
  '#3a4a9f',
  '#2c3a85',
  '#202c6b',
];

const dark: MantineColorsTuple = [
  '#e9e9ec',
  '#b9bbc4',
  '#9fa2ad',
  '#6d707b',
  '#454853',
  '#2e3038',
  '#1b1c21',
  '#18191e',
  '#15161a',
  '#131418',
];
const gray: MantineColorsTuple = [
  '#faf9f7',
  '#f1f0ec',
  '#e4e2dc',
  '#d6d3cb',
  '#c9c6bd',
  '#a9a69d',
  '#6a6861',
  '#55534d',
  '#33322e',
  '#1d1f24',
];

const font =
  "'Segoe UI Variable Text', 'Segoe UI', 'SF Pro Text', -apple-system, Inter, Cantarell, Ubuntu, Roboto, 'Noto Sans', 'Liberation Sans', system-ui, sans-serif";

/**
 * What opens stays inside what it was opened from: in its landmark for screen readers, and inside the panel or dialog
 * around it, which a click in it must not close.
 */
const floating = { withinPortal: false, floatingStrategy: 'fixed' } as const;

/** Mantine, made dense: 13 px text, 30 px controls, our tokens for grounds and lines. */
export const theme = createTheme({
  primaryColor: 'ink',
  primaryShade: { light: 7, dark: 5 },
  colors: { ink, dark, gray },
  fontFamily: font,
  fontFamilyMonospace: "ui-monospace, 'Cascadia Mono', 'SF Mono', 'Liberation Mono', monospace",
  fontSizes: { xs: '0.8125rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.125rem' },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.5', lg: '1.5', xl: '1.5' },
  spacing: { xs: '0.375rem', sm: '0.625rem', md: '0.875rem', lg: '1.125rem', xl: '1.5rem' },
  radius: { xs: '3px', sm: '5px', md: '7px', lg: '10px', xl: '16px' },
  defaultRadius: 'sm',
  headings: {
    fontWeight: '650',
    sizes: { h1: { fontSize: '1.125rem', lineHeight: '1.35' }, h2: { fontSize: '0.9375rem', lineHeight: '1.4' } },
  },
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    Button: Button.extend({ defaultProps: { size: 'xs', variant: 'default' } }),
    TextInput: TextInput.extend({ defaultProps: { size: 'xs' } }),
    Textarea: Textarea.extend({ defaultProps: { size: 'xs', autosize: true, minRows: 3, maxRows: 16 } }),
    NativeSelect: NativeSelect.extend({ defaultProps: { size: 'xs' } }),
    Checkbox: Checkbox.extend({ defaultProps: { size: 'xs' } }),
    Switch: Switch.extend({ defaultProps: { size: 'xs' } }),
    SegmentedControl: SegmentedControl.extend({ defaultProps: { size: 'xs' } }),
    Input: Input.extend({ defaultProps: { size: 'xs' } }),
    InputWrapper: InputWrapper.extend({ defaultProps: { size: 'xs' } }),
    Anchor: Anchor.extend({ defaultProps: { underline: 'hover' } }),
    Kbd: Kbd.extend({ defaultProps: { size: 'xs' } }),
    Tooltip: Tooltip.extend({
      defaultProps: {
        openDelay: 350,
        ...floating,
        multiline: true,
        maw: 320,
        events: { hover: true, focus: true, touch: false },
      },
    }),
    Menu: Menu.extend({
      defaultProps: { ...floating, withInitialFocusPlaceholder: false, shadow: 'md', transitionProps: { duration: 60 } },
    }),
    Popover: Popover.extend({ defaultProps: { ...floating, shadow: 'md', transitionProps: { duration: 60 } } }),
    Combobox: Combobox.extend({ defaultProps: floating }),
  },
});

/** Points Mantine's own colours at our tokens, so that both schemes come from one sheet. */
export const cssVariables: CSSVariablesResolver = () => {
  const shared = {
    '--mantine-color-body': 'var(--surface)',
    '--mantine-color-text': 'var(--text)',
    '--mantine-color-dimmed': 'var(--text-2)',
    '--mantine-color-placeholder': 'var(--text-3)',
    '--mantine-color-default': 'var(--surface)',
    '--mantine-color-default-hover': 'var(--hover)',
    '--mantine-color-default-color': 'var(--text)',
    '--mantine-color-default-border': 'var(--line-strong)',
    '--mantine-color-anchor': 'var(--accent)',
    '--mantine-color-error': 'var(--danger)',
  };
  return { variables: { '--input-height-xs': '30px' }, light: shared, dark: shared };
};
