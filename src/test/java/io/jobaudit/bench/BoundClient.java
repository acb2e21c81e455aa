package io.jobaudit.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import com.sun.management.OperatingSystemMXBean;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.codec.digest.HmacAlgorithms;
import org.apache.commons.codec.digest.HmacUtils;

/**
 * What a stand-in of the API can give: loops on kept connections that sign, read and do
 * nothing else. A process of its own, which prints one line.
 */
final class BoundClient {

	private static final String EMPTY = DigestUtils.sha256Hex("");

	private BoundClient() {
	}

	public static void main(String[] arguments) throws Exception {
		URI endpoint = URI.create(arguments[0]);
		List<String> ids = Files.readAllLines(Path.of(arguments[1]));
		int calls = ids.size();
		int inFlight = Integer.parseInt(arguments[2]);
		System.setProperty("http.maxConnections", Integer.toString(inFlight));
		AtomicInteger next = new AtomicInteger();
		AtomicLong halfway = new AtomicLong();
		ExecutorService loops = Executors.newFixedThreadPool(inFlight);
		long start = System.nanoTime();
		List<Future<?>> running = new ArrayList<>();
		for (int loop = 0; loop < inFlight; loop++) {
			running.add(loops.submit(() -> {
				for (int i = next.getAndIncrement(); i < calls; i = next.getAndIncrement()) {
					call(endpoint, ids.get(i));
					if (i == calls / 2) {
						halfway.set(System.nanoTime());
					}
				}
				return true;
			}));
		}
		for (Future<?> loop : running) {
			loop.get();
		}
		long end = System.nanoTime();
		loops.shutdown();
		double processor = ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
		System.out.printf("%.0f calls/s, %.0f in the second half, %.2f ms of processor time per call%n",
				calls * 1e9 / (end - start), calls / 2 * 1e9 / (end - halfway.get()), processor / calls / 1e6);
	}

	private static void call(URI endpoint, String id) throws IOException {
		String query = "JobId=" + id;
		Map<String, String> headers = new TreeMap<>(
				Map.of("host", endpoint.getRawAuthority(), "x-acs-action", "GetSmartHandleJob", "x-acs-version",
						"2020-11-09", "x-acs-date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
						"x-acs-signature-nonce", UUID.randomUUID().toString(), "x-acs-content-sha256", EMPTY));
		StringBuilder canonical = new StringBuilder("POST\n/\n" + query + "\n");
		headers.forEach((name, value) -> canonical.append(name).append(':').append(value).append('\n'));
		String signed = String.join(";", headers.keySet());
		canonical.append('\n').append(signed).append('\n').append(EMPTY);
		String signature = new HmacUtils(HmacAlgorithms.HMAC_SHA_256, "simulator-secret")
			.hmacHex("ACS3-HMAC-SHA256\n" + DigestUtils.sha256Hex(canonical.toString()));
		HttpURLConnection connection = (HttpURLConnection) endpoint.resolve("/?" + query).toURL().openConnection();
		connection.setRequestMethod("POST");
		headers.forEach(connection::setRequestProperty);
		connection.setRequestProperty("Authorization",
				"ACS3-HMAC-SHA256 Credential=simulator,SignedHeaders=" + signed + ",Signature=" + signature);
		try (InputStream body = (connection.getResponseCode() < HttpURLConnection.HTTP_BAD_REQUEST)
				? connection.getInputStream() : connection.getErrorStream()) {
			body.transferTo(OutputStream.nullOutputStream());
		}
		if (connection.getResponseCode() == HttpURLConnection.HTTP_FORBIDDEN) {
			throw new IOException("the signature was refused");
		}
	}

}
