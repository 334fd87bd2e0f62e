/** All is done, or somebody is needed: told by a shape before it is read. */
export function ToneMark({ tone }: { readonly tone: 'good' | 'alert' }) {
  return (
    <svg className={`tone-mark ${tone}`} viewBox="0 0 64 64" aria-hidden="true">
      <circle cx={32} cy={32} r={30} />
      <path d={tone === 'good' ? 'M18 33l10 10l18-21' : 'M32 15v22M32 47v1'} />
    </svg>
  )
}
