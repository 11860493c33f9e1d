import names from './risks.module.css';

const BARS: Readonly<Record<string, number>> = { veryLow: 1, low: 2, medium: 3, high: 4, critical: 5 };

/** A priority as bars and its word, so that it reads without colour. */
export function Priority({ value, label }: { value: string; label: string }) {
  const filled = BARS[value] ?? 0;
  return (
    <span className={names.priority} data-priority={value}>
      <svg width="17" height="10" viewBox="0 0 17 10" aria-hidden="true" focusable="false">
        {[1, 2, 3, 4, 5].map((bar) => (
          <rect
            key={bar}
            x={(bar - 1) * 3.5}
            y={10 - bar * 2}
            width="2.5"
            height={bar * 2}
            rx=".8"
            className={bar <= filled ? names.barOn : names.barOff}
          />
        ))}
      </svg>
      {label}
    </span>
  );
}
