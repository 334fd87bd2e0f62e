import { type ReactNode, useRef } from 'react'
import type { ScreenProblem } from '../../contract/screen.ts'
import { ProblemNote } from './problem-note.tsx'
import { ToneMark } from './tone-mark.tsx'
import { useFittingText } from './use-fitting-text.ts'
import { useLangOf } from './vietnamese.tsx'

export interface PageProps {
  readonly title: string
  readonly lead?: ReactNode
  readonly problem?: ScreenProblem | null
  /** `good`: all is done. `alert`: something needs the person now. */
  readonly tone?: 'plain' | 'good' | 'alert'
  /** Stands before the title instead of the tone's own mark; `null` for none. */
  readonly mark?: ReactNode
  readonly className?: string
  readonly children?: ReactNode
  /** A picture of what to do, where there is nothing to press: below the rest, on a wide screen below the title. */
  readonly aside?: ReactNode
  /** The next step, and what else may be done; below the rest. */
  readonly actions?: ReactNode
}

/** One question a screen: what is asked, what there is to see, what can be done. */
export function Page(props: PageProps) {
  const { tone = 'plain', className = '' } = props
  const langOf = useLangOf()
  const page = useRef<HTMLElement>(null)
  useFittingText(page)
  const toneMark = tone === 'plain' ? null : <ToneMark tone={tone} />
  const mark = props.mark === undefined ? toneMark : props.mark
  return (
    <main ref={page} className={`page ${tone} ${className}`}>
      <div className={mark === null ? 'page-head' : 'page-head marked'}>
        {mark}
        <h1 lang={langOf(props.title)} data-testid="title">
          {props.title}
        </h1>
        {props.lead && <p className="lead">{props.lead}</p>}
        <ProblemNote problem={props.problem ?? null} />
      </div>
      <div className="page-body">{props.children}</div>
      {props.aside && <div className="page-aside">{props.aside}</div>}
      {props.actions && <div className="page-actions">{props.actions}</div>}
    </main>
  )
}
