package io.jobaudit.cluster;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;

import io.jobaudit.fetch.api.ApiProperties;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;

/**
 * How runs are spread over processes.
 *
 * @param partSize input lines of a part
 * @param parts tasks that a process does at the same time
 * @param maxLanes maximum number of processes that fetch a run at the same time
 * @param heartbeat time between two heartbeats of a process
 * @param missedHeartbeats missed heartbeats after which other processes take over the
 * tasks
 * @param pollInterval time between two polls for tasks
 * @param lease how much of a shared rate a process reserves at a time
 * @param node name of the process; default: its host and process id
 */
@ConfigurationProperties("audit.scale")
record ScaleProperties(@DefaultValue("5000") int partSize, @DefaultValue("2") int parts,
		@DefaultValue("8") int maxLanes, @DefaultValue("10s") Duration heartbeat,
		@DefaultValue("4") int missedHeartbeats, @DefaultValue("2s") Duration pollInterval,
		@DefaultValue("20ms") Duration lease, @Nullable String node) {

	/** Calls per second that one process can make. */
	private static final double RATE_OF_ONE = 500;

	private static final Duration SHORTEST_LEASE = Duration.ofMillis(1);

	/** Reserved turns that a process does not use are lost. */
	private static final Duration LONGEST_LEASE = Duration.ofSeconds(1);

	/** The engine stores up to 50 characters, including what makes the name unique. */
	private static final int LONGEST_NAME = 36;

	ScaleProperties {
		requireBetween("part-size", partSize, 1, 1_000_000);
		requireBetween("parts", parts, 1, 1000);
		requireBetween("max-lanes", maxLanes, 1, 1000);
		requireBetween("missed-heartbeats", missedHeartbeats, 4, 100);
		requireAtLeast("heartbeat", heartbeat, Duration.ofMillis(500));
		requireAtLeast("poll-interval", pollInterval, Duration.ofMillis(100));
		Assert.isTrue(lease.compareTo(SHORTEST_LEASE) >= 0 && lease.compareTo(LONGEST_LEASE) <= 0,
				"audit.scale.lease takes 1ms to 1s, e.g. 20ms, but got " + lease);
		Assert.isTrue(node == null || node.matches("[\\w.-]{1," + LONGEST_NAME + "}"),
				"audit.scale.node takes up to %d letters, digits, dots, dashes and underscores, but got \"%s\""
					.formatted(LONGEST_NAME, node));
	}

	/** How many processes should fetch a run at once: one, unless its rate needs more. */
	int lanes(ApiProperties api) {
		return (api.rate() == 0) ? this.maxLanes : (int) Math.min(this.maxLanes, Math.ceil(api.rate() / RATE_OF_ONE));
	}

	/** A name of the process that is the same after a restart. */
	String place() {
		return (this.node != null) ? this.node : host();
	}

	/** A name that no other process has or has had. */
	String uniqueNode() {
		String name = (this.node != null) ? this.node : host() + "-" + ProcessHandle.current().pid();
		String shortened = name.substring(Math.max(0, name.length() - LONGEST_NAME));
		return shortened + "-" + Long.toString(Instant.now().toEpochMilli(), Character.MAX_RADIX);
	}

	private static String host() {
		try {
			return InetAddress.getLocalHost().getHostName();
		}
		catch (UnknownHostException ex) {
			return "unnamed";
		}
	}

	private static void requireBetween(String name, int value, int least, int most) {
		Assert.isTrue(value >= least && value <= most,
				"audit.scale.%s takes %d to %d, but got %d".formatted(name, least, most, value));
	}

	private static void requireAtLeast(String name, Duration value, Duration least) {
		Assert.isTrue(value.compareTo(least) >= 0,
				"audit.scale.%s must be at least %s, but is %s".formatted(name, least, value));
	}

}
