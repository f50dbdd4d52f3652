// Creates an organization, or prints one: for each thing a line of its id, a tab and what it is, indented as it hangs below another.
//
//     node organization.js FOLDER create|print
//
// FOLDER holds the node_modules with the AWS SDK to ask with. Where to ask and as whom is in the environment, as ever.
const [, , folder, deed] = process.argv;
const { Organizations } = require(require.resolve('@aws-sdk/client-organizations', { paths: [folder] }));
const client = new Organizations({ maxAttempts: 1 });

const names = (list) => list.map((e) => e.Name).sort().join(' ');
const byName = (a, b) => a.Name.localeCompare(b.Name);
const line = (depth, id, ...texts) => console.log(`${id}\t${'  '.repeat(depth)}${texts.filter((t) => t).join(', ')}`);

async function policies() {
    const { Policies } = await client.listPolicies({ Filter: 'SERVICE_CONTROL_POLICY' });
    for (const { Id } of Policies.sort(byName)) {
        const { PolicySummary: summary, Content } = (await client.describePolicy({ PolicyId: Id })).Policy;
        line(0, Id, summary.Name, summary.Description, JSON.parse(Content).Statement[0].Action);
    }
}

async function attached(id) {
    return names((await client.listPoliciesForTarget({ TargetId: id, Filter: 'SERVICE_CONTROL_POLICY' })).Policies);
}

async function account(depth, { Id, Name, Status }) {
    const { Tags } = await client.listTagsForResource({ ResourceId: Id });
    line(depth, Id, Name, Status, Tags.map((t) => `${t.Key}=${t.Value}`).sort().join(' '));
}

// below prints a root or a unit, the accounts in it, and what is below it.
async function below(depth, { Id, Name }) {
    line(depth, Id, Name, await attached(Id));
    for (const a of (await client.listAccountsForParent({ ParentId: Id })).Accounts.sort(byName)) await account(depth + 1, a);
    for (const u of (await client.listOrganizationalUnitsForParent({ ParentId: Id })).OrganizationalUnits.sort(byName)) await below(depth + 1, u);
}

async function print() {
    await policies();
    for (const root of (await client.listRoots({})).Roots) await below(0, root);
}

(deed === 'create' ? client.createOrganization({}) : print()).catch((e) => {
    console.error(`${e}`);
    process.exitCode = 1;
});
