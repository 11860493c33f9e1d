// A file as a CRM exports it.
const INDUSTRIES = ['Shipping', 'Banking', 'Retail', 'Energy', 'Health', 'Software'];

/** Accounts as a CRM exports them; the same rows every time. */
export function accountsCsv(rows: number): string {
  const lines = ['account_id,account_name,industry,country,signup_date,plan_tier,seats,annual_revenue,website,phone,is_trial,description'];
  for (let row = 0; row < rows; row += 1) {
    const day = `${2020 + (row % 5)}-${String(1 + (row % 12)).padStart(2, '0')}-${String(1 + (row % 28)).padStart(2, '0')}`;
    const plan = ['Basic', 'Pro', 'Enterprise'][row % 3] ?? '';
    lines.push(
      `A-${100_000 + row},Company number ${row},${INDUSTRIES[row % INDUSTRIES.length] ?? ''},US,${day},${plan},${row % 200},${row * 37}.50,https://company${row}.example,+1 555 ${row},${row % 2 === 0 ? 'True' : 'False'},"A customer, since ${day}"`,
    );
  }
  return `${lines.join('\n')}\n`;
}
