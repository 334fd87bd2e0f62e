import { deliveryStates, queueFilters } from '../../contract/screens/operator.ts'
import { useKiosk } from '../api/kiosk-context.ts'
import { ageText } from '../i18n/age-text.ts'
import type { ScreenProps } from '../screen-of.ts'
import { Button } from '../ui/button.tsx'
import { Page } from '../ui/page.tsx'
import { answerText } from './answer-text.ts'
import { QueueTable } from './queue-table.tsx'
import { shortMoment } from './short-moment.ts'

/** What waits for the province, at a glance; a touch on a row looks into it. */
export function Queue({ screen }: ScreenProps<'queue'>) {
  const { text, send } = useKiosk()
  return (
    <Page
      className="staff queue"
      title={text('queue.title')}
      problem={screen.problem}
      actions={
        <div className="button-pair">
          <Button
            testId="export-csv"
            onPress={() => send({ path: 'operator.exportCsv', input: {} })}
          >
            {text('queue.exportCsv')}
          </Button>
          <Button
            kind="primary"
            testId="retry-all"
            onPress={() => send({ path: 'operator.retryAll', input: {} })}
          >
            {text('queue.retryAll')}
          </Button>
        </div>
      }
    >
      <dl className="figures">
        {deliveryStates.map((state) => (
          <div key={state} className={state} data-testid={`count-${state}`}>
            <dt>{text(`queue.state.${state}`)}</dt>
            <dd>{screen.counts[state] ?? 0}</dd>
          </div>
        ))}
      </dl>
      <QueueTruth screen={screen} />
      {screen.exported && (
        <p className="note" data-testid="exported">
          {text('queue.exported', screen.exported)}
        </p>
      )}
      <div className="filters">
        {queueFilters.map((filter) => (
          <button
            key={filter}
            type="button"
            data-testid={`filter-${filter}`}
            aria-pressed={filter === screen.filter}
            onClick={() => send({ path: 'operator.filter', input: { filter } })}
          >
            {text(`queue.filter.${filter}`)}
          </button>
        ))}
      </div>
      <QueueTable rows={screen.rows} />
      {screen.pages > 1 && (
        <div className="turn">
          <Button
            testId="page-earlier"
            disabled={screen.page === 1}
            onPress={() => send({ path: 'operator.turnPage', input: { to: 'earlier' } })}
          >
            {text('queue.earlier')}
          </Button>
          <span>{text('queue.page', { page: screen.page, pages: screen.pages })}</span>
          <Button
            testId="page-later"
            disabled={screen.page === screen.pages}
            onPress={() => send({ path: 'operator.turnPage', input: { to: 'later' } })}
          >
            {text('queue.later')}
          </Button>
        </div>
      )}
    </Page>
  )
}

/** Whether the province is there, and since when not. */
function QueueTruth({ screen }: ScreenProps<'queue'>) {
  const { snapshot, text } = useKiosk()
  const { province, worker, oldestOpenAt } = screen
  const known = (code: string | null) => (code === null ? '' : ` (${answerText(text, code)})`)
  const facts = [
    [
      text('queue.province'),
      `${text(`queue.provinceState.${province.state}`)}${known(province.reason)}`,
    ],
    [text('queue.lastContact'), shortMoment(province.lastContactAt)],
    [text('queue.worker'), `${text(`queue.workerState.${worker.state}`)}${known(worker.stopCode)}`],
    [
      text('queue.oldest'),
      oldestOpenAt === null
        ? text('queue.none')
        : `${ageText(text, oldestOpenAt, snapshot.clock.now)} (${shortMoment(oldestOpenAt)})`,
    ],
    [
      text('queue.clock'),
      text(snapshot.clock.synchronised ? 'queue.clockSynchronised' : 'queue.clockOwn'),
    ],
  ] as const
  return (
    <dl className="truth" data-testid="queue-truth" data-province={province.state}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
