import type { ScreenProblem } from '../../contract/screen.ts'
import { useKiosk } from '../api/kiosk-context.ts'
import { WithVietnamese } from './vietnamese.tsx'

/** What happened, what is safe, what to do. */
export function ProblemNote({ problem }: { readonly problem: ScreenProblem | null }) {
  const { text } = useKiosk()
  if (problem === null) return null
  return (
    <p className="problem" role="alert" data-testid={`problem-${problem}`}>
      <WithVietnamese sentence={text(`problem.${problem}`)} />
    </p>
  )
}
