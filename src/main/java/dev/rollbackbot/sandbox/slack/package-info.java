/**
 * A stand-in for Slack: workspace, Web API, response URLs, Block Kit rules and the signed calls.
 */
@NullMarked
package dev.rollbackbot.sandbox.slack;

import org.jspecify.annotations.NullMarked;
