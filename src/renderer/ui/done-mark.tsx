export function DoneMark() {
  return (
    <svg className="done-mark" viewBox="0 0 200 200" aria-hidden="true">
      <circle cx={100} cy={100} r={88} />
      <path d="M58 104l30 30l56-64" />
    </svg>
  )
}
