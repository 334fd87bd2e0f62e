import type { ReactNode } from 'react'
import type { ScreenProblem } from '../../contract/screen.ts'
import { ProblemNote } from './problem-note.tsx'

export interface PageProps {
  readonly title: string
  readonly lead?: string | undefined
  readonly problem?: ScreenProblem | null
  /** `good`: all is done. `alert`: something needs the person now. */
  readonly tone?: 'plain' | 'good' | 'alert'
  readonly className?: string
  readonly children?: ReactNode
  /** The next step, and what else may be done; below the rest. */
  readonly actions?: ReactNode
}

/** One question a screen: what is asked, what there is to see, what can be done. */
export function Page(props: PageProps) {
  const { tone = 'plain', className = '' } = props
  return (
    <main className={`page ${tone} ${className}`}>
      <div className="page-head">
        <h1 data-testid="title">{props.title}</h1>
        {props.lead && <p className="lead">{props.lead}</p>}
        <ProblemNote problem={props.problem ?? null} />
      </div>
      <div className="page-body">{props.children}</div>
      {props.actions && <div className="page-actions">{props.actions}</div>}
    </main>
  )
}
