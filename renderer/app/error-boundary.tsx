import { Component, type ErrorInfo, type ReactNode } from 'react';
import { Button, Group } from '@mantine/core';
import { AppError } from '#shared/errors/app-error.ts';
import { EmptyState } from '../ui/empty-state.tsx';

type Props = { readonly children: ReactNode; readonly resetKey: string };
type State = { readonly failed: unknown; readonly resetKey: string };

/** What a person reads where a screen could not be drawn. */
export function ScreenFailure({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const words =
    error instanceof AppError
      ? error.message
      : 'Nothing that was saved is affected. Show the screen again, or reload Satchel if it stays like this.';
  return (
    <div role="alert">
      <EmptyState
        icon="risks"
        title="This screen could not be shown"
        actions={
          <Group gap="xs">
            <Button variant="filled" onClick={onRetry}>
              Show it again
            </Button>
            <Button onClick={() => location.reload()}>Reload Satchel</Button>
          </Group>
        }
      >
        {words}
      </EmptyState>
    </div>
  );
}

/** Keeps a broken screen from taking the rail and the footer with it. React offers this to classes only. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { failed: undefined, resetKey: this.props.resetKey };

  static getDerivedStateFromError(failed: unknown): Partial<State> {
    return { failed };
  }

  /** Another screen is a new try. */
  static getDerivedStateFromProps({ resetKey }: Props, state: State): State {
    return resetKey === state.resetKey ? state : { failed: undefined, resetKey };
  }

  override componentDidCatch(error: Error, info: ErrorInfo): void {
    // the page's own log; texts of records are not in it
    reportError(new Error(`A screen failed: ${error.name}`, { cause: info.componentStack }));
  }

  override render(): ReactNode {
    if (this.state.failed === undefined) return this.props.children;
    return <ScreenFailure error={this.state.failed} onRetry={() => this.setState({ failed: undefined })} />;
  }
}
