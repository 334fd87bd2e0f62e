import { useKiosk } from '../api/kiosk-context.ts'
import type { ScreenProps } from '../screen-of.ts'
import { Button } from '../ui/button.tsx'
import { Page } from '../ui/page.tsx'
import { useLangOf } from '../ui/vietnamese.tsx'
import { PaperRow } from './paper-row.tsx'

export function Papers({ screen }: ScreenProps<'papers'>) {
  const { text, send } = useKiosk()
  const langOf = useLangOf()
  const shown = screen.papers.filter((paper) => paper.handling === 'show')
  return (
    <Page
      title={text('papers.title')}
      lead={text('papers.lead')}
      problem={screen.problem}
      actions={
        <Button
          kind="primary"
          testId="confirm-papers"
          onPress={() => send({ path: 'intake.confirmPapers', input: {} })}
        >
          {text('papers.confirm')}
        </Button>
      }
    >
      <div className="papers">
        {screen.papers
          .filter((paper) => paper.handling === 'handIn')
          .map((paper) => (
            <PaperRow key={paper.id} paper={paper} />
          ))}
        {shown.map((paper) => (
          <p key={paper.id} className="paper show">
            <strong lang={langOf(paper.name)}>{paper.name}</strong>
            <span>{text('papers.showOnly')}</span>
          </p>
        ))}
      </div>
    </Page>
  )
}
