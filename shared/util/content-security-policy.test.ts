import { expect, test } from 'vitest';
import { contentSecurityPolicy } from './content-security-policy.ts';

test('DSK-06 the policy allows neither inline scripts nor eval nor another origin', () => {
  const policy = contentSecurityPolicy('abc');
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("style-src 'self' 'nonce-abc'");
  expect(policy).not.toMatch(/unsafe|https?:|\*/);
});
