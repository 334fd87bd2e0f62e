import { useKiosk } from '../api/kiosk-context.ts'
import type { ScreenProps } from '../screen-of.ts'
import { Button } from '../ui/button.tsx'
import { Facts } from '../ui/facts.tsx'
import { Page } from '../ui/page.tsx'
import { useLangOf, WithVietnamese } from '../ui/vietnamese.tsx'

export function Procedure({ screen }: ScreenProps<'procedure'>) {
  const { snapshot, text, send } = useKiosk()
  const langOf = useLangOf()
  const { procedure, reason, papers } = screen
  if (reason !== '') {
    const refusal = `${procedure.plainName}. ${reason}`
    const untranslated = [procedure.plainName, reason].filter((words) => langOf(words))
    const foreign = untranslated.length === 2 ? refusal : (untranslated[0] ?? '')
    return (
      <Page
        tone="alert"
        title={text('procedure.refused')}
        lead={<WithVietnamese sentence={refusal} name={foreign} />}
        actions={
          <Button
            kind="primary"
            testId="another-procedure"
            onPress={() => send({ path: 'session.back', input: {} })}
          >
            {text('procedure.another')}
          </Button>
        }
      >
        <p className="note" data-testid="procedure-refused">
          {text('procedure.safe')}
        </p>
      </Page>
    )
  }
  const handOut = text(screen.handOut ? 'procedure.handOutHere' : 'procedure.handOutOffice')
  return (
    <Page
      title={procedure.plainName}
      lead={<bdi lang={langOf(procedure.name)}>{procedure.name}</bdi>}
      actions={
        <Button
          kind="primary"
          testId="accept-procedure"
          onPress={() => send({ path: 'intake.acceptProcedure', input: {} })}
        >
          {text('procedure.accept')}
        </Button>
      }
    >
      <Facts
        facts={[
          [text('procedure.fee'), screen.fee],
          [text('procedure.duration'), screen.duration],
          [text('procedure.handOut'), handOut],
        ]}
      />
      {screen.presenceNeeded && <p className="note">{text('procedure.presence')}</p>}
      {papers.length > 0 && (
        <section className="block">
          <h2>{text('procedure.papers')}</h2>
          <ul className="plain-list">
            {papers.map((paper) => (
              <li key={paper.id} lang={langOf(paper.name)}>
                {paper.name}{' '}
                <span className="muted" lang={snapshot.language}>
                  ({text(`procedure.${paper.handling}`)})
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </Page>
  )
}
