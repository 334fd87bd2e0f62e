import type { Text } from '../i18n/text.ts'

/** Core or host is away for about a second: nothing can be done, nothing is lost. */
export function MomentOverlay({ text }: { readonly text: Text }) {
  return (
    <div className="overlay moment" role="status" data-testid="moment">
      <h1>{text('moment.title')}</h1>
      <p className="lead">{text('moment.lead')}</p>
    </div>
  )
}
