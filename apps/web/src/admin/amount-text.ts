const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;
const STEP = 1_000;

export function bytesText(bytes: number, language: string): string {
  const power = bytes < 1 ? 0 : Math.min(Math.floor(Math.log10(bytes) / Math.log10(STEP)), UNITS.length - 1);
  return new Intl.NumberFormat(language, { style: 'unit', unit: UNITS[power], unitDisplay: 'short', maximumFractionDigits: power === 0 ? 0 : 1 }).format(bytes / STEP ** power);
}

export function dollarsText(dollars: number, language: string): string {
  return new Intl.NumberFormat(language, { style: 'currency', currency: 'USD' }).format(dollars);
}
