import { useKiosk } from '../api/kiosk-context.ts'
import type { ScreenProps } from '../screen-of.ts'
import { Button } from '../ui/button.tsx'
import { Facts } from '../ui/facts.tsx'
import { Page } from '../ui/page.tsx'
import { PersonName, WithVietnamese } from '../ui/vietnamese.tsx'

export function Summary({ screen }: ScreenProps<'summary'>) {
  const { text, send } = useKiosk()
  const inBag = screen.papers.filter((paper) => paper.count > 0)
  const confirmed = text(screen.phoneConfirmed ? 'summary.confirmed' : 'summary.unconfirmed')
  const phone =
    screen.phone === ''
      ? text(screen.hasSecret ? 'summary.secret' : 'summary.none')
      : `${screen.phone} (${confirmed})`
  const scanned = text('summary.scanned', { count: screen.scannedPages })
  const bag = screen.scannedPages > 0 ? `${screen.bagCode} (${scanned})` : screen.bagCode
  return (
    <Page
      className="summary"
      title={text('summary.title')}
      problem={screen.problem}
      actions={
        <Button
          kind="primary"
          testId="confirm-summary"
          onPress={() => send({ path: 'intake.confirmSummary', input: {} })}
        >
          {text('summary.confirm')}
        </Button>
      }
    >
      <Facts
        facts={[
          [text('summary.applicant'), <PersonName key="applicant" name={screen.applicant} />],
          [
            text('summary.owner'),
            <span key="owner">
              <PersonName name={screen.owner} /> ({text(`summary.relation.${screen.relation}`)})
            </span>,
          ],
          [text('summary.phone'), phone],
          [text('summary.procedure'), screen.procedure.plainName],
          [
            text('summary.papers'),
            <ul key="papers">
              {inBag.map((paper) => (
                <li key={paper.id}>
                  <WithVietnamese
                    name={paper.name}
                    sentence={text('summary.paper', {
                      name: paper.name,
                      count: paper.count,
                      kind: text(`papers.kind.${paper.kind}`).toLocaleLowerCase(),
                    })}
                  />
                </li>
              ))}
            </ul>,
          ],
          [text('summary.bag'), bag],
        ]}
      />
      <p className="note">{text('summary.next')}</p>
    </Page>
  )
}
