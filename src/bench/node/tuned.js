// The same front, tuned: no call to Slack at the start, the publisher connected while Bolt loads,
// every message sent at once. `npm run bundle` puts it and its libraries into one file.
const { PubSub } = require('@google-cloud/pubsub');

const topic = new PubSub({ projectId: process.env.PROJECT }).topic(process.env.TOPIC, {
  batching: { maxMessages: 1 },
});
// An empty message is refused, and by then the connection stands.
topic.publishMessage({ data: Buffer.alloc(0) }).catch(() => {});

const { App, HTTPReceiver, LogLevel } = require('@slack/bolt');

const receiver = new HTTPReceiver({
  signingSecret: process.env.SLACK_SIGNING_SECRET,
  customPropertiesExtractor: (request) => ({ body: request.rawBody, headers: request.headers }),
});
const app = new App({ receiver, authorize: async () => ({}), logLevel: LogLevel.ERROR });

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
