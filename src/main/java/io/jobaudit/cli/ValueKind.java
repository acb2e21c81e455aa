package io.jobaudit.cli;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import org.springframework.util.ClassUtils;
import org.springframework.util.unit.DataSize;

/** What an option or a setting takes, in words and with an example. */
final class ValueKind {

	private static final Map<Class<?>, String> KINDS = Map.ofEntries(Map.entry(Boolean.class, "true or false"),
			Map.entry(Integer.class, "a whole number such as 20"), Map.entry(Long.class, "a whole number such as 20"),
			Map.entry(Double.class, "a number such as 20 or 0.5"),
			Map.entry(Duration.class, "a duration such as 30s, 5m or 2h"),
			Map.entry(DataSize.class, "a size such as 16MB"),
			Map.entry(ZoneId.class, "a time zone such as Asia/Shanghai"), Map.entry(URI.class, "a URL"),
			Map.entry(Path.class, "a path"), Map.entry(YearMonth.class, "a month such as 2026-10"),
			Map.entry(LocalDate.class, "a day such as 2026-10-05"));

	private ValueKind() {
	}

	/** The kind of values of a type. */
	static String of(Class<?> type) {
		if (type.isEnum()) {
			return "one of " + Arrays.stream(type.getEnumConstants())
				.map((constant) -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-'))
				.collect(Collectors.joining(", "));
		}
		return KINDS.getOrDefault(ClassUtils.resolvePrimitiveIfNecessary(type), "another value");
	}

}
