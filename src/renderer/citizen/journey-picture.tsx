import type { Service } from '../../contract/faults.ts'

/** A compartment with the bag going in, or the envelope coming out. */
export function JourneyPicture({ journey }: { readonly journey: Service }) {
  return (
    <svg className="journey-picture" viewBox="0 0 200 200" aria-hidden="true">
      <rect className="cell" x={24} y={88} width={152} height={96} rx={8} />
      <path className="slot" d="M44 116h112" />
      {journey === 'intake' ? (
        <>
          <rect className="item" x={62} y={14} width={76} height={62} rx={4} />
          <path className="line" d="M62 28h76M78 58h6M90 58h4M100 58h8M114 58h6" />
          <path className="arrow" d="M100 84v56m-22-22l22 22l22-22" />
        </>
      ) : (
        <>
          <rect className="item" x={52} y={20} width={96} height={56} rx={4} />
          <path className="line" d="M52 24l48 30l48-30" />
          <path className="arrow" d="M100 160v-66m-22 22l22-22l22 22" />
        </>
      )}
    </svg>
  )
}
