/** A page that breaks takes only itself along. */
import type { ReactNode } from 'react';
import { Component } from 'react';
import { common } from '../texts/common.ts';
import { Button } from '../ui/Button.tsx';
import { FailureNote } from '../ui/feedback.tsx';

interface Props {
  readonly children: ReactNode;
}
interface State {
  readonly message?: string;
}

export class PageBoundary extends Component<Props, State> {
  override state: State = {};

  static getDerivedStateFromError(error: unknown): State {
    return { message: error instanceof Error ? error.message : String(error) };
  }

  override componentDidMount(): void {
    window.addEventListener('hashchange', this.clear);
  }

  override componentWillUnmount(): void {
    window.removeEventListener('hashchange', this.clear);
  }

  readonly clear = (): void => this.setState({ message: undefined });

  override render(): ReactNode {
    const { message } = this.state;
    if (message === undefined) return this.props.children;
    return (
      <div className="page">
        <FailureNote
          failure={{ code: 'page', message: `${common.pageFailed} ${message}`, hint: common.pageFailedHint }}
        />
        <div>
          <Button onClick={() => location.reload()}>{common.reload}</Button>
        </div>
      </div>
    );
  }
}
