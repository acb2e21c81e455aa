package io.jobaudit.simulator;

import java.net.URI;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

import io.jobaudit.Ticker;

/** A running stand-in for the cloud API, reachable on the loopback interface only. */
public final class Simulator implements AutoCloseable {

	private final AtomicReference<SimulatorOptions> options;

	private final SimulatedAccount account;

	private final Connections connections;

	/**
	 * As {@link #start}, with other clocks.
	 * @param clock what the dates of calls are compared with
	 * @param ticker what rates are measured by
	 */
	Simulator(SimulatorOptions options, Clock clock, Ticker ticker) {
		this.options = new AtomicReference<>(options);
		this.account = new SimulatedAccount(this.options::get, clock, ticker);
		this.connections = Connections.listen(options.port(), (socket) -> new CallHandler(socket, this.account));
	}

	/**
	 * Answers calls from now on, until closed.
	 * @throws java.io.UncheckedIOException when the port is not available
	 */
	public static Simulator start(SimulatorOptions options) {
		return new Simulator(options, Clock.systemUTC(), Ticker.SYSTEM);
	}

	/** Where the API is, such as {@code http://127.0.0.1:40123}. */
	public URI endpoint() {
		return URI.create("http://127.0.0.1:" + this.connections.port());
	}

	/** What was seen since the start; each call counts before its answer is sent. */
	public Statistics statistics() {
		return this.account.statistics();
	}

	/**
	 * Changes the behaviour for all later calls; the port stays the same.
	 * @param change from the current options to the new ones
	 */
	public void change(UnaryOperator<SimulatorOptions> change) {
		this.options.updateAndGet(change);
	}

	/** Drops every connection. */
	@Override
	public void close() {
		this.connections.close();
	}

}
