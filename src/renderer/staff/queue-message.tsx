import { useKiosk } from '../api/kiosk-context.ts'
import type { ScreenProps } from '../screen-of.ts'
import { Button } from '../ui/button.tsx'
import { Facts } from '../ui/facts.tsx'
import { Page } from '../ui/page.tsx'
import { answerText } from './answer-text.ts'
import { shortMoment } from './short-moment.ts'

/** One message, never what is sealed in it. */
export function QueueMessage({ screen }: ScreenProps<'queueMessage'>) {
  const { text, send } = useKiosk()
  const { row } = screen
  const head = [
    [text('queue.kind'), text(`messageKind.${row.kind}`)],
    [text('queue.lane'), row.lane],
    [text('queue.stateHead'), text(`queue.state.${row.state}`)],
    [text('queue.attempts'), row.attempts],
    [text('queue.age'), shortMoment(row.createdAt)],
    [text('queue.answer'), row.behind ? text('queue.behind') : answerText(text, row.answer)],
    [text('queueMessage.acknowledgedAt'), shortMoment(screen.acknowledgedAt)],
    [text('queueMessage.epoch'), screen.epoch],
    [text('queueMessage.hash'), <code key="hash">{screen.bodyHash.slice(0, 24)}…</code>],
  ] as const
  return (
    <Page
      className="staff message"
      title={text('queueMessage.title', { sequence: row.sequence })}
      problem={screen.problem}
      actions={
        screen.actions.length === 0 ? undefined : (
          <div className="button-pair">
            {screen.actions.map((action) => (
              <Button
                key={action}
                testId={`do-${action}`}
                onPress={() => send({ path: `operator.${action}`, input: {} })}
              >
                {text(`queueMessage.action.${action}`)}
              </Button>
            ))}
          </div>
        )
      }
    >
      <Facts
        facts={[
          ...head,
          ...screen.facts.map(
            ({ name, value }) => [name, <code key={name}>{value}</code>] as const,
          ),
        ]}
      />
      {screen.actions.length === 0 && <p className="note">{text('queueMessage.nothingToDo')}</p>}
    </Page>
  )
}
