package io.jobaudit.notify;

import java.net.URI;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Who is notified how a run ended.
 *
 * @param on what is reported
 * @param url webhook that receives one JSON message per run; it contains a token and is
 * never logged
 * @param format format of the message
 * @param secret secret of a robot that requires signatures
 * @param link what a message links to: a URL in which {run}, {account} and {region} are
 * replaced
 * @param mail by e-mail
 */
@ConfigurationProperties("audit.notify")
public record NotifyProperties(@DefaultValue("change") Occasion on, @Nullable URI url,
		@DefaultValue("json") WebhookFormat format, @Nullable String secret, @Nullable String link,
		@DefaultValue Mail mail) {

	public NotifyProperties {
		url = (url != null && !url.toString().isBlank()) ? url : null;
		secret = (secret != null && !secret.isBlank()) ? secret : null;
		link = (link != null && !link.isBlank()) ? link : null;
		if (link != null) {
			NotifyLink.requireValid(link);
		}
		if (url != null && !isHttp(url)) {
			throw new IllegalArgumentException(
					"audit.notify.url must be an http or https URL, e.g. https://chat.example/hook (value not shown, it may contain a token)");
		}
	}

	static boolean isHttp(URI url) {
		String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
		return url.getHost() != null && (scheme.equals("https") || scheme.equals("http"));
	}

	/** Without the URL's token and the secret. */
	@Override
	public String toString() {
		return "NotifyProperties[on=" + this.on + ", format=" + this.format + ", mail=" + this.mail + "]";
	}

	public enum Occasion {

		/** Every run. */
		ALWAYS,

		/** An exit code other than 0. */
		FAILURE,

		/** An exit code other than 0, a new kind of failure, or an unusual figure. */
		CHANGE

	}

	/**
	 * By e-mail, over the server of {@code spring.mail}.
	 *
	 * @param to recipients; none if empty
	 * @param from sender
	 * @param maxAttachments largest total size of attached workbooks
	 */
	public record Mail(@DefaultValue List<String> to, @DefaultValue("job-audit@localhost") String from,
			@DefaultValue("10MB") DataSize maxAttachments) {

		public Mail {
			to = to.stream().filter((address) -> !address.isBlank()).toList();
		}

	}

}
