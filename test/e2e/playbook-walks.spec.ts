// The playbooks of the manual, walked from their start to the close of the record without a mouse, and the records that they leave.
// The internal play is walked in playbooks.spec.ts.
import { closeTask, enter, expect, expectFields, field, make, pick, player, rowsWith, tabTo, test } from './playing.ts';

test('PLY-02 REC-14 REC-15 a success case is walked to its close by keyboard: comments, notes, a task that holds the gate', async ({
  page,
}) => {
  await make(page, 'successCase', 'Slow search', async () => {
    await field(page, 'Short description').fill('Slow search');
    await pick(page, 'Engagement', 'Northwind care');
    await field(page, 'Description').fill('Takes ten seconds');
  });
  const play = player(page);
  await play.begin();
  await play.at('Enter core information');
  await play.complete();
  await play.at('Add the squad');
  await pick(play.card, 'Colleague', 'Kim Olsen');
  await enter(page, play.card.getByRole('button', { name: 'Add', exact: true }));
  await expect(play.card.getByRole('button', { name: 'Take Kim Olsen out' })).toBeVisible();
  await play.complete();
  await play.at('Communicate the intended outcome');
  await page.keyboard.type('Two seconds at most');
  await play.complete();
  await play.at('Define the action plan');
  await page.keyboard.type('Measure first');
  await play.complete();
  await play.at('Related meetings');
  await play.complete();
  await play.at('Related work');
  await page.keyboard.type('Look at the index');
  await page.keyboard.press('Enter');
  const task = play.card.getByRole('link', { name: 'Look at the index' });
  await expect(task).toBeVisible();
  await expect(play.card.getByRole('button', { name: 'Continue' })).toBeDisabled();
  // it stands just before the field that the next one would be typed into
  await page.keyboard.press('Shift+Tab');
  await expect(task).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Look at the index' })).toBeVisible();
  await closeTask(page, 'success task', 'It was missing');
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1, name: 'Slow search' })).toBeVisible();
  await play.begin();
  await play.at('Related work');
  await play.complete();
  await play.at('Communicate the final outcome');
  await page.keyboard.type('One second now');
  await play.complete();
  await play.at('Close the case');
  await play.close('a', 'addressed', 'Quick again');
  await play.expectDone(3);
  await expectFields(page, 'Success case', 'Closed', 'Completed', 'Addressed', 'Quick again', 'Kim Olsen');
  const stream = page
    .getByRole('complementary')
    .or(page.getByRole('region', { name: 'Activity' }))
    .last();
  for (const text of ['Two seconds at most', 'Measure first', 'One second now']) await expect(stream).toContainText(text);
});

test('PLY-04 a renewal is walked to its close by keyboard: the mail ends its task, the opportunity’s task ends with it', async ({
  page,
}) => {
  await make(page, 'contract', 'Gold 2026', async () => {
    await field(page, 'Name').fill('Gold 2026');
    await pick(page, 'Account', 'Northwind');
    await field(page, 'Start').fill('2026-01-01');
    await field(page, 'End').fill('2026-12-31');
  });
  await make(page, 'internalPlay', 'Renew Gold', async () => {
    await field(page, 'Short description').fill('Renew Gold');
    await pick(page, 'Engagement', 'Northwind care');
    await page.getByRole('combobox', { name: 'Category' }).selectOption({ label: 'Expansion and renewal support' });
    await pick(page, 'Contract', 'Gold 2026');
    await field(page, 'Description').fill('It ends in December');
  });
  const play = player(page);
  await play.begin();
  await play.at('Enter core information');
  await play.complete();
  await play.at('Add the squad');
  await play.skip('Add the squad');
  await play.at('View the contract');
  await expect(play.card.getByRole('link', { name: 'Gold 2026' })).toBeVisible();
  await play.complete();
  await play.at('Assess the engagement');
  await page.keyboard.type('They use all of it');
  await play.complete();
  await play.at('Communicate the renewal');
  await expect(play.card).toContainText('To Lee Park');
  await play.complete();
  await play.at('Create the opportunity');
  await page.keyboard.type('OPP-7 is open');
  await play.complete();
  await play.at('Review the contract');
  await play.complete();
  await play.at('Communicate the final outcome');
  await page.keyboard.type('One more year');
  await play.complete();
  await play.at('Close the play');
  await play.close('a', 'addressed', 'Renewed');
  await play.expectDone(5);
  await expectFields(page, 'Internal play', 'Closed', 'Completed', 'Addressed', 'Renewed');
  const tasks = await rowsWith(page, 'internalPlayTask', 'Gold 2026');
  await expect(tasks.filter({ hasText: 'Closed' })).toHaveCount(2);
  const mails = await rowsWith(page, 'email', 'Renewal of Gold 2026');
  await expect(mails).toContainText('Waiting to be sent');
});

test('PLY-05 REC-13 BR-16 an initiative is walked to its close by keyboard: its task is created, done, and then it closes', async ({
  page,
}) => {
  await make(page, 'successObjective', 'Grow', async () => {
    await field(page, 'Title').fill('Grow');
    await pick(page, 'Engagement', 'Northwind care');
    await field(page, 'Description').fill('More people use it');
  });
  await make(page, 'successOutcome', 'A hundred users', async () => {
    await field(page, 'Title').fill('A hundred users');
    await pick(page, 'Success objective', 'Grow');
    await field(page, 'Description').fill('By June');
  });
  await make(page, 'successInitiative', 'Train them', async () => {
    await field(page, 'Subject').fill('Train them');
    await pick(page, 'Success outcome', 'A hundred users');
    await field(page, 'Description').fill('Two days');
  });
  const play = player(page);
  await play.begin();
  await play.at('Enter core information');
  await play.complete();
  await play.at('Create tasks');
  await page.keyboard.type('Invite them');
  await page.keyboard.press('Enter');
  await expect(play.card.getByRole('button', { name: 'Take Invite them out' })).toBeVisible();
  await play.complete();
  await play.at('Close the initiative');
  await play.close('a', 'achieved', 'Trained');
  // it is not closed over an open task, which is named with the way there
  const refusal = play.card.getByRole('alert');
  await expect(refusal).toContainText('1 success task of it is open');
  await page.goto('./#/records/successTask');
  await page.getByRole('gridcell', { name: 'Invite them', exact: true }).click();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Invite them' })).toBeVisible();
  await closeTask(page, 'success task', 'They came');
  await page.goto('./#/work');
  await enter(page, page.getByRole('link', { name: 'Close the initiative' }));
  await play.at('Close the initiative');
  // what was typed before is there still
  await expect(play.card.getByRole('textbox', { name: 'Close notes' })).toHaveValue('Trained');
  await play.complete();
  await play.expectDone(4);
  await expectFields(page, 'Success initiative', 'Closed', 'Completed', 'Achieved', 'Trained');
});

test('PLY-06 ONB-02 REC-24 REC-25 REC-26 an onboarding is walked through its five stages by keyboard', async ({ page }) => {
  await make(page, 'onboardingCase', 'Northwind comes', async () => {
    await field(page, 'Short description').fill('Northwind comes');
    await pick(page, 'Account', 'Northwind');
    await pick(page, 'Assigned to', 'Kim Olsen');
    await field(page, 'Go-live date').fill('2027-03-01');
  });
  const play = player(page);
  await play.begin();
  await play.at('Enter what the onboarding is about');
  await play.complete();
  await play.at('Add the customer’s team');
  await pick(play.card, 'A known contact', 'Lee Park');
  await expect(play.card.getByRole('button', { name: 'Take Lee Park out' })).toBeVisible();
  await play.complete();
  await play.at('Give the customer’s team responsibilities');
  await pick(play.card, 'Contact', 'Lee Park');
  await pick(play.card, 'Responsibility', 'Onboarding point of contact');
  await tabTo(page, play.card.getByRole('checkbox', { name: 'Primary contact' }));
  await page.keyboard.press('Space');
  await enter(page, play.card.getByRole('button', { name: 'Add', exact: true }));
  await play.complete();
  await play.at('Add the account team');
  await pick(play.card, 'Colleague', 'Kim Olsen');
  await pick(play.card, 'Responsibility', 'Data analyst');
  await enter(page, play.card.getByRole('button', { name: 'Add', exact: true }));
  await play.complete();
  await play.at('Add the squad');
  await play.skip('Add the squad');
  for (const name of [
    'customer contacts',
    'locations',
    'service entitlements',
    'install-base items',
    'addresses',
    'contracts',
    'sold products',
    'links of items',
  ]) {
    await play.at(`Import: ${name}`);
    await play.complete();
  }
  for (const name of [
    'Review what was imported',
    'Set up the account’s relationships',
    'Set maintenance schedules',
    'Create service levels and offerings',
    'Set up reporting',
    'Develop the catalogue',
    'Related work',
    'Review what was developed',
    'Request the change for the go-live',
    'Plan and complete what is told about the go-live',
    'Plan and complete the training',
    'Hold the training',
    'Support the go-live',
  ]) {
    await play.at(name);
    await play.complete();
  }
  await play.at('Close the onboarding');
  await play.close('s', 'successfulNoIssues', 'They are live');
  await play.expectDone(5);
  await expectFields(page, 'Onboarding case', 'Closed', 'Finished', 'They are live');
  await expect((await rowsWith(page, 'dataImportTask', 'Closed')).filter({ hasText: 'Kim Olsen' })).toHaveCount(8);
  await expect(await rowsWith(page, 'email', 'Northwind comes')).toHaveCount(3);
});
