import { useKiosk } from '../api/kiosk-context.ts'
import type { ScreenProps } from '../screen-of.ts'
import { Keyboard } from '../ui/keyboard.tsx'
import { Page } from '../ui/page.tsx'
import { TypedField } from '../ui/typed-field.tsx'
import { useLangOf } from '../ui/vietnamese.tsx'

/** Found while typing; a procedure that may not be done here can be chosen too, and is explained then. */
export function Procedures({ screen }: ScreenProps<'procedures'>) {
  const { text, send } = useKiosk()
  const langOf = useLangOf()
  const { input, results } = screen
  return (
    <Page
      className="typed text procedures"
      title={text(`field.${input.field}.title`)}
      lead={text(`field.${input.field}.hint`)}
      problem={screen.problem}
    >
      <TypedField input={input} />
      <div className="results" data-testid="results">
        {results.map((procedure) => (
          <button
            key={procedure.code}
            type="button"
            className={`result takes-${procedure.takeIn}`}
            data-testid={`procedure-${procedure.code}`}
            onClick={() =>
              send({ path: 'intake.chooseProcedure', input: { code: procedure.code } })
            }
          >
            <strong lang={langOf(procedure.plainName)}>{procedure.plainName}</strong>
            <span lang={langOf(procedure.name)}>{procedure.name}</span>
            <em>{text(`procedures.takeIn.${procedure.takeIn}`)}</em>
          </button>
        ))}
        {results.length === 0 && input.length === 0 && (
          <p className="small">{text('procedures.start')}</p>
        )}
      </div>
      <Keyboard input={input} />
    </Page>
  )
}
