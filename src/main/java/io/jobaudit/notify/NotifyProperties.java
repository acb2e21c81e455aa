package io.jobaudit.notify;

import java.net.URI;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Who is told how a run ended.
 *
 * @param on what is told
 * @param url webhook that gets one JSON message a run; it holds a token, and is never
 * logged
 * @param format what the webhook understands
 * @param secret of a robot that wants signatures
 * @param mail by e-mail
 */
@ConfigurationProperties("audit.notify")
public record NotifyProperties(@DefaultValue("change") Occasion on, @Nullable URI url,
		@DefaultValue("json") WebhookFormat format, @Nullable String secret, @DefaultValue Mail mail) {

	public NotifyProperties {
		url = (url != null && !url.toString().isBlank()) ? url : null;
		secret = (secret != null && !secret.isBlank()) ? secret : null;
		if (url != null && !isHttp(url)) {
			throw new IllegalArgumentException(
					"audit.notify.url is a webhook such as https://chat.example/hook, but has no http(s) host");
		}
	}

	private static boolean isHttp(URI url) {
		String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
		return url.getHost() != null && (scheme.equals("https") || scheme.equals("http"));
	}

	/** Without the URL's token and the secret. */
	@Override
	public String toString() {
		return "NotifyProperties[on=" + this.on + ", format=" + this.format + ", mail=" + this.mail + "]";
	}

	/** What is told. */
	public enum Occasion {

		/** Each run. */
		ALWAYS,

		/** An exit code that is not 0. */
		FAILURE,

		/** That, or a kind of failure that was never seen before. */
		CHANGE

	}

	/**
	 * By e-mail, over the server of {@code spring.mail}.
	 *
	 * @param to who gets it; nobody when empty
	 * @param from who it comes from
	 * @param maxAttachments workbooks are attached up to this size, all together
	 */
	public record Mail(@DefaultValue List<String> to, @DefaultValue("job-audit@localhost") String from,
			@DefaultValue("10MB") DataSize maxAttachments) {

		public Mail {
			to = to.stream().filter((address) -> !address.isBlank()).toList();
		}

	}

}
