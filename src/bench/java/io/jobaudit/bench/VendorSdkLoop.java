package io.jobaudit.bench;

import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.aliyun.teaopenapi.Client;
import com.aliyun.teaopenapi.models.Config;
import com.aliyun.teaopenapi.models.OpenApiRequest;
import com.aliyun.teaopenapi.models.Params;
import com.aliyun.teautil.models.RuntimeOptions;
import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import com.sun.management.OperatingSystemMXBean;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.xssf.streaming.SXSSFWorkbook;

/**
 * What a competent user would write instead of this project: a loop over the vendor's SDK
 * with a pool of threads, batches of rows and a workbook. It gives up at the first answer
 * that is not a job. A process of its own, which prints one line.
 */
final class VendorSdkLoop {

	private static final int BATCH = 500;

	private static final Params GET_SMART_HANDLE_JOB = new Params().setAction("GetSmartHandleJob")
		.setVersion("2020-11-09")
		.setProtocol("HTTP")
		.setPathname("/")
		.setMethod("POST")
		.setAuthType("AK")
		.setStyle("RPC")
		.setReqBodyType("json")
		.setBodyType("json");

	private VendorSdkLoop() {
	}

	public static void main(String[] arguments) throws Exception {
		List<String> ids = Files.readAllLines(Path.of(arguments[1]));
		int inFlight = Integer.parseInt(arguments[2]);
		Client client = new Client(new Config().setAccessKeyId("simulator")
			.setAccessKeySecret("simulator-secret")
			.setEndpoint(arguments[0].replace("http://", ""))
			.setProtocol("HTTP"));
		RuntimeOptions options = new RuntimeOptions().setMaxIdleConns(inFlight).setReadTimeout(30_000);
		ExecutorService pool = Executors.newFixedThreadPool(inFlight, (task) -> {
			Thread thread = new Thread(task);
			thread.setDaemon(true);
			return thread;
		});
		ExecutorCompletionService<Job> answers = new ExecutorCompletionService<>(pool);
		try (Connection connection = DriverManager.getConnection(arguments[3])) {
			connection.createStatement()
				.execute("create table sdk_job (job_id text primary key, state text, type text, error_code text,"
						+ " total_tokens numeric, raw jsonb)");
			connection.setAutoCommit(false);
			long start = System.nanoTime();
			ids.forEach((id) -> answers.submit(() -> Job.of(id, client.callApi(GET_SMART_HANDLE_JOB,
					new OpenApiRequest().setQuery(Map.of("JobId", id)), options))));
			long halfway = 0;
			double processorHalfway = 0;
			try (PreparedStatement insert = connection
				.prepareStatement("insert into sdk_job values (?, ?, ?, ?, ?, ?::jsonb)")) {
				for (int n = 1; n <= ids.size(); n++) {
					answers.take().get().addTo(insert);
					if (n % BATCH == 0 || n == ids.size()) {
						insert.executeBatch();
						connection.commit();
					}
					if (n == ids.size() / 2) {
						halfway = System.nanoTime();
						processorHalfway = processorSeconds();
					}
				}
			}
			long end = System.nanoTime();
			double processor = processorSeconds() - processorHalfway;
			pool.shutdown();
			write(connection, Path.of(arguments[4]));
			int half = ids.size() - ids.size() / 2;
			System.out.printf("%.0f calls/s, %.0f and %.2f ms of processor time per call in the second half%n",
					ids.size() * 1e9 / (end - start), half * 1e9 / (end - halfway), processor * 1000 / half);
		}
	}

	private static void write(Connection connection, Path file) throws Exception {
		connection.createStatement().execute("set local work_mem = '64MB'");
		try (SXSSFWorkbook workbook = new SXSSFWorkbook(100);
				PreparedStatement query = connection.prepareStatement(
						"select job_id, state, type, error_code, total_tokens from sdk_job order by job_id");
				OutputStream out = Files.newOutputStream(file)) {
			query.setFetchSize(BATCH);
			Sheet sheet = workbook.createSheet("Jobs");
			try (ResultSet rows = query.executeQuery()) {
				for (int r = 0; rows.next(); r++) {
					Row row = sheet.createRow(r);
					for (int column = 0; column < 4; column++) {
						row.createCell(column).setCellValue(rows.getString(column + 1));
					}
					row.createCell(4).setCellValue(rows.getDouble(5));
				}
			}
			workbook.write(out);
		}
	}

	private static double processorSeconds() {
		return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime() / 1e9;
	}

	private record Job(String id, Map<?, ?> answer) {

		private static final Gson JSON = new Gson();

		static Job of(String id, Map<String, ?> response) {
			Map<?, ?> answer = (Map<?, ?>) response.get("body");
			if (answer.get("JobResult") instanceof Map<?, ?> result) {
				// Megabytes, which wait in the queue otherwise.
				result.remove("AiResult");
			}
			return new Job(id, answer);
		}

		void addTo(PreparedStatement insert) throws SQLException {
			insert.setString(1, this.id);
			insert.setString(2, (String) this.answer.get("State"));
			insert.setString(3, (String) ((Map<?, ?>) this.answer.get("SmartJobInfo")).get("JobType"));
			insert.setString(4, (String) this.answer.get("ErrorCode"));
			insert.setObject(5, totalTokens(), Types.NUMERIC);
			insert.setString(6, JSON.toJson(this.answer).replace("\\u0000", ""));
			insert.addBatch();
		}

		private Object totalTokens() {
			Object usage = (this.answer.get("JobResult") instanceof Map<?, ?> result) ? result.get("Usage") : null;
			try {
				Object read = (usage instanceof String text) ? JSON.fromJson(text, Object.class) : usage;
				return (read instanceof Map<?, ?> object && object.get("total_tokens") instanceof Number tokens) ? tokens
						: null;
			}
			catch (JsonParseException ex) {
				return null;
			}
		}

	}

}
