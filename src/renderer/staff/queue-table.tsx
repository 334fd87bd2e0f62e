import type { QueueRow } from '../../contract/screens/operator.ts'
import { useKiosk } from '../api/kiosk-context.ts'
import { answerText } from './answer-text.ts'
import { shortMoment } from './short-moment.ts'

export function QueueTable({ rows }: { readonly rows: readonly QueueRow[] }) {
  const { text, send } = useKiosk()
  if (rows.length === 0) return <p className="note">{text('queue.nothing')}</p>
  const heads = ['sequence', 'kind', 'lane', 'stateHead', 'attempts', 'age', 'answer'] as const
  return (
    <div className="queue-table">
      <div className="queue-head" aria-hidden="true">
        {heads.map((head) => (
          <span key={head}>{text(`queue.${head}`)}</span>
        ))}
      </div>
      {rows.map((row) => (
        <button
          key={row.key}
          type="button"
          className={`queue-row ${row.state}`}
          data-testid={`message-${row.sequence}`}
          onClick={() => send({ path: 'operator.inspect', input: { key: row.key } })}
        >
          <span>{row.sequence}</span>
          <span>{text(`messageKind.${row.kind}`)}</span>
          <code>{row.lane}</code>
          <span>{text(`queue.state.${row.state}`)}</span>
          <span>{row.attempts}</span>
          <span>{shortMoment(row.createdAt)}</span>
          <span>{row.behind ? text('queue.behind') : answerText(text, row.answer)}</span>
        </button>
      ))}
    </div>
  )
}
