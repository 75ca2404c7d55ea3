// The front in Node.js, written the obvious way: the getting-started guides of Bolt and of the
// Pub/Sub client put together.
const { App, HTTPReceiver } = require('@slack/bolt');
const { PubSub } = require('@google-cloud/pubsub');

const topic = new PubSub({ projectId: process.env.PROJECT }).topic(process.env.TOPIC);

const receiver = new HTTPReceiver({
  signingSecret: process.env.SLACK_SIGNING_SECRET,
  // The worker verifies what Slack signed, so it is handed on as it came.
  customPropertiesExtractor: (request) => ({ body: request.rawBody, headers: request.headers }),
});
const app = new App({
  receiver,
  token: process.env.SLACK_BOT_TOKEN,
  clientOptions: { slackApiUrl: process.env.SLACK_API },
});

app.command('/rollback', async ({ command, ack, context }) => {
  const target = command.text.trim();
  if (!/^[0-9a-f]{7,40}$/.test(target)) {
    await ack({ response_type: 'ephemeral', text: `"${target}" is no commit.` });
    return;
  }
  await topic.publishMessage({
    data: context.body,
    attributes: {
      timestamp: context.headers['x-slack-request-timestamp'],
      signature: context.headers['x-slack-signature'],
      contentType: context.headers['content-type'],
    },
  });
  await ack({ response_type: 'ephemeral', text: `Looking at ${target}.` });
});

app.start(Number(process.env.PORT));
