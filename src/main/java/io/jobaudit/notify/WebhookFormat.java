package io.jobaudit.notify;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

import io.jobaudit.ClosingStatement;
import io.jobaudit.PostgresText;
import io.jobaudit.notify.NewFailures.FailureKind;
import org.apache.commons.codec.digest.HmacAlgorithms;
import org.apache.commons.codec.digest.HmacUtils;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Formats of webhooks. Texts are plain: they cannot become mentions, links, markup. */
public enum WebhookFormat {

	JSON {

		@Override
		ObjectNode body(RunNotification notification, @Nullable String secret, Instant now) {
			return WebhookPayload.of(notification);
		}

	},

	/**
	 * A custom robot of DingTalk. The query has the signature of
	 * {@code timestamp + "\n" + secret} with the secret; the answer is 200 with an
	 * {@code errcode}.
	 */
	DINGTALK {

		@Override
		ObjectNode body(RunNotification notification, @Nullable String secret, Instant now) {
			ObjectNode body = MAPPER.createObjectNode().put("msgtype", "text");
			body.putObject("text").put("content", text(notification));
			body.putObject("at").put("isAtAll", false);
			return body;
		}

		@Override
		URI target(URI url, @Nullable String secret, Instant now) {
			if (secret == null) {
				return url;
			}
			String timestamp = Long.toString(now.toEpochMilli());
			String sign = sign(secret, timestamp + "\n" + secret);
			String separator = (url.getRawQuery() == null) ? "?" : "&";
			return URI.create(url + separator + "timestamp=" + timestamp + "&sign="
					+ URLEncoder.encode(sign, StandardCharsets.UTF_8));
		}

		@Override
		boolean accepts(String answer) {
			return code(answer, "errcode") == 0;
		}

	},

	/**
	 * A custom bot of Feishu. The body has the signature of an empty text with the key
	 * {@code timestamp + "\n" + secret}; the answer is 200 with a {@code code}.
	 */
	FEISHU {

		@Override
		ObjectNode body(RunNotification notification, @Nullable String secret, Instant now) {
			ObjectNode body = MAPPER.createObjectNode();
			if (secret != null) {
				String timestamp = Long.toString(now.getEpochSecond());
				body.put("timestamp", timestamp).put("sign", sign(timestamp + "\n" + secret, ""));
			}
			ObjectNode post = body.put("msg_type", "post").putObject("content").putObject("post").putObject("en_us");
			post.put("title", NotificationText.headline(notification));
			ArrayNode content = post.putArray("content");
			NotificationText.lines(notification)
				.forEach((line) -> content.addArray().addObject().put("tag", "text").put("text", line));
			return body;
		}

		@Override
		boolean accepts(String answer) {
			return code(answer, "code") == 0 || code(answer, "StatusCode") == 0;
		}

	},

	SLACK {

		@Override
		ObjectNode body(RunNotification notification, @Nullable String secret, Instant now) {
			ObjectNode body = MAPPER.createObjectNode().put("text", escaped(NotificationText.headline(notification)));
			ArrayNode blocks = body.putArray("blocks");
			for (String text : List.of(NotificationText.headline(notification),
					String.join("\n", NotificationText.lines(notification)))) {
				blocks.addObject()
					.put("type", "section")
					.putObject("text")
					.put("type", "plain_text")
					.put("emoji", false)
					.put("text", PostgresText.cut(text, MAX_PLAIN_TEXT));
			}
			return body;
		}

	};

	/** Longest text that Slack accepts in a block. */
	private static final int MAX_PLAIN_TEXT = 3000;

	private static final JsonMapper MAPPER = JsonMapper.shared();

	abstract ObjectNode body(RunNotification notification, @Nullable String secret, Instant now);

	URI target(URI url, @Nullable String secret, Instant now) {
		return url;
	}

	/** Whether the body of a 2xx answer says that the message was accepted. */
	boolean accepts(String answer) {
		return true;
	}

	private static String sign(String key, String text) {
		return Base64.getEncoder().encodeToString(new HmacUtils(HmacAlgorithms.HMAC_SHA_256, key).hmac(text));
	}

	private static String text(RunNotification notification) {
		return NotificationText.headline(notification) + "\n" + String.join("\n", NotificationText.lines(notification));
	}

	private static String escaped(String text) {
		return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
	}

	private static int code(String answer, String name) {
		try {
			JsonNode code = MAPPER.readTree(answer).path(name);
			return code.isInt() ? code.intValue() : -1;
		}
		catch (JacksonException ex) {
			return -1;
		}
	}

	/** A notification for programs; an incompatible change gets a new version. */
	private static final class WebhookPayload {

		static ObjectNode of(RunNotification notification) {
			ObjectNode json = JsonMapper.shared().createObjectNode();
			json.put("version", 1).put("event", "run.ended").put("account", notification.account().name());
			json.put("run", (notification.run() != null) ? notification.run().value() : null)
				.put("exitCode", notification.status().code())
				.put("status", NotificationText.meaning(notification.status()));
			json.put("text", NotificationText.headline(notification)).put("failure", notification.failure());
			ClosingStatement statement = notification.statement();
			if (statement != null) {
				json.put("lines", statement.linesRead()).put("distinct", statement.distinctIds());
				json.put("duplicates", statement.duplicates()).put("malformed", statement.malformed());
				ObjectNode outcomes = json.putObject("outcomes");
				statement.outcomesInOrder().forEach((outcome, ids) -> outcomes.put(outcome.name(), ids));
				json.put("pending", statement.pending()).put("reconciled", statement.isReconciled());
				json.put("failedJobs", statement.failedJobs());
			}
			addKinds(json, notification.newKinds());
			json.put("reports",
					(notification.reports() != null) ? notification.reports().toAbsolutePath().toString() : null);
			return json;
		}

		private static void addKinds(ObjectNode json, @Nullable List<FailureKind> newKinds) {
			if (newKinds == null) {
				json.putNull("newKinds");
				return;
			}
			ArrayNode kinds = json.putArray("newKinds");
			newKinds.forEach((kind) -> kinds.addObject()
				.put("jobType", kind.jobType())
				.put("errorCode", kind.errorCode())
				.put("jobs", kind.jobs()));
		}

	}

}
