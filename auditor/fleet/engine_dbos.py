"""DBOS as the engine: alarms are rows in a schema of its own, which outlive every worker.

One workflow a pass, with a delay, on one queue an egress. All logic is in its only step, so that a release changes
nothing that lies in the database; the version of the application is a constant for the same reason. The executor is
named after the egress: whoever takes an egress over takes its work over. Nothing of DBOS's services is used.
"""

import asyncio
import logging
import os
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from contextvars import Context
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from dbos import DBOS, DBOSConfig, EnqueueOptions, SetWorkflowID, WorkflowSerializationFormat
from sqlalchemy.exc import DBAPIError

from auditor.fleet.engine import Look
from auditor.history.database_url import Location
from auditor.history.dialect import is_away
from auditor.history.outage import FIRST_PAUSE, LONGEST_PAUSE, PATIENCE
from auditor.i18n import _
from auditor.model.errors import UserError

T = TypeVar("T")
Ring = Callable[[str], Coroutine[Any, Any, None]]
NAME, VERSION, SCHEMA, WORKFLOW = "exchange-closure-audit", "fleet-1", "fleet_engine", "look"
"""Constants of every release: what lies in the database is found by them."""
POLL = 1.0
"""Seconds between two questions for alarms that are due."""
POOL = 12
"""Connections of the engine to its database: each look needs one for twenty round trips, wherever it is."""
ATTEMPTS = 1_000_000
"""A pass that was cut off is taken up again, however often that happens."""
KEPT = timedelta(hours=1)
"""Time for which what is done is kept: within it, an alarm that is asked for twice rings once."""
BATCH = 1000
BEGUN = 1.0
"""Seconds within which a call begins that the queue need not hand out."""
_FOREIGN = "DBOS_"
"""Beginning of variables that would lead alarms, logs or traces elsewhere."""


class DbosEngine:
    """Alarms in PostgreSQL. One a process: DBOS knows only one."""

    lasting = True

    def __init__(self, location: Location, poll: float = POLL) -> None:
        """Prepare; nothing is opened yet. Raises UserError for a history in a file."""
        if location.url is None:
            raise UserError(_("Several workers need the history in PostgreSQL: --history env:NAME."))
        self._url, self._poll = location.url, poll
        self._queue, self._slots = "", 1
        self._room, self._waiting = asyncio.Semaphore(1), 0
        self._called, self._begun = set[str | None](), dict[str | None, asyncio.Event]()
        self._workflow: Ring | None = None

    async def later(self, family: str, delay: timedelta, key: str) -> None:
        """Ring for a family after ``delay``, once for each ``key``.

        What is due at once begins at once where a slot is free: the queue is looked into once a second only.
        """
        if delay <= timedelta(0) and self._workflow is not None and not self._is_full:
            await self._begin(self._workflow, family, key)
            return
        options: EnqueueOptions = {
            "workflow_name": WORKFLOW,
            "queue_name": self._queue,
            "workflow_id": key,
            "app_version": VERSION,
            "serialization_type": WorkflowSerializationFormat.PORTABLE,
        }
        if delay > timedelta(0):
            options["delay_seconds"] = delay.total_seconds()
        await _aside(lambda: DBOS.enqueue_workflow_with_options(options, family))

    async def work(self, egress: str, slots: int, look: Look) -> None:
        """Begin to call ``look`` for the families of an egress, for so many of them at once."""
        self._queue, self._slots, self._room = egress, slots, asyncio.Semaphore(slots)
        for name in [name for name in os.environ if name.startswith(_FOREIGN)]:
            del os.environ[name]
        # It writes to the terminal as it likes; what an operator must know, the worker says.
        logging.getLogger("dbos").setLevel(logging.CRITICAL)
        workflow = await _through_outages(lambda: self._launch(egress, look))
        await _through_outages(self.tidy)
        self._workflow = workflow

    async def _launch(self, egress: str, look: Look) -> Ring:
        """Open DBOS, and return its workflow. What fails is closed again, and can be tried once more."""
        DBOS(config=self._config(egress))

        @DBOS.workflow(
            name=WORKFLOW, max_recovery_attempts=ATTEMPTS, serialization_type=WorkflowSerializationFormat.PORTABLE
        )
        async def call(family: str) -> None:
            async with self._slot():
                await DBOS.run_step_async({"name": WORKFLOW}, look, family)

        DBOS.listen_queues([egress])
        try:
            DBOS.launch()  # from this loop, on which it then runs what is due
        except Exception:
            await self.close()
            raise
        return call

    @asynccontextmanager
    async def _slot(self) -> AsyncIterator[None]:
        """Hold a slot, of which the queue counts only those that it filled itself."""
        key = DBOS.workflow_id
        if key in self._begun:
            self._begun[key].set()
        self._waiting += 1
        try:
            await self._room.acquire()
        finally:
            self._waiting -= 1
        self._called.add(key)
        try:
            yield
        finally:
            self._called.discard(key)
            self._room.release()

    async def _begin(self, workflow: Ring, family: str, key: str) -> None:
        """Begin to call for a family, outside any workflow that runs here.

        If this process is killed meanwhile, DBOS takes the call up again through a queue of its own, in which all
        workers look: one at another egress that gets it passes it on.
        """

        async def begin() -> None:
            with SetWorkflowID(key):
                await DBOS.start_workflow_async(workflow, family)

        begun = self._begun[key] = asyncio.Event()
        try:
            await asyncio.create_task(begin(), context=Context())
            with suppress(TimeoutError):  # nothing begins where the key rang before
                await asyncio.wait_for(begun.wait(), BEGUN)
        finally:
            self._begun.pop(key, None)

    async def is_behind(self) -> bool:
        """Return whether alarms whose time has come wait for a slot."""
        # What the queue handed out while all slots are taken waits here.
        status = ["ENQUEUED", "PENDING"] if self._is_full else ["ENQUEUED"]
        called = frozenset(self._called)
        due = await _aside(lambda: _due(self._queue, status, len(called) + 1))
        return self._waiting > 0 or not called.issuperset(due)

    @property
    def _is_full(self) -> bool:
        return len(self._called) + self._waiting + len(self._begun) >= self._slots

    async def tidy(self) -> None:
        """Forget what was done an hour ago, and make the queue anew if somebody emptied the tables."""
        await _aside(self._register)
        before = (datetime.now(UTC) - KEPT).isoformat()
        while await _aside(lambda: _forget(before)) == BATCH:
            pass

    async def close(self) -> None:
        """End, and give the loop threads of its own again: DBOS's end with it."""
        await _aside(lambda: DBOS.destroy(destroy_registry=True))
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor())

    def _config(self, egress: str) -> DBOSConfig:
        return {
            "name": NAME,
            "system_database_url": self._url,
            "dbos_system_schema": SCHEMA,
            "application_version": VERSION,
            "executor_id": egress,
            "sys_db_pool_size": POOL,
            "use_listen_notify": False,
            "log_level": "CRITICAL",
            "enable_otlp": False,
        }

    def _register(self) -> None:
        DBOS.register_queue(
            self._queue, worker_concurrency=self._slots, polling_interval_sec=self._poll, on_conflict="always_update"
        )


def _due(queue: str, status: list[str], limit: int) -> list[str]:
    found = DBOS.list_queued_workflows(queue_name=queue, status=status, limit=limit, load_input=False)
    return [workflow.workflow_id for workflow in found]


def _forget(before: str) -> int:
    """Delete some of what was done before that time, and return how much it was."""
    done = DBOS.list_workflows(
        status=["SUCCESS", "ERROR", "CANCELLED"],
        name=WORKFLOW,
        completed_before=before,
        limit=BATCH,
        load_input=False,
        load_output=False,
    )
    if done:
        DBOS.delete_workflows([workflow.workflow_id for workflow in done])
    return len(done)


async def _through_outages(attempt: Callable[[], Awaitable[T]]) -> T:
    """Return what ``attempt`` returns, trying again while the database is away. Raises any other error at once."""
    deadline, pause = time.monotonic() + PATIENCE, FIRST_PAUSE
    while True:
        try:
            return await attempt()
        except DBAPIError as error:
            if not is_away(error) or time.monotonic() + pause > deadline:
                raise
        await asyncio.sleep(pause)
        pause = min(2 * pause, LONGEST_PAUSE)


async def _aside(call: Callable[[], T]) -> T:
    """Return what ``call`` returns, outside the loop and outside any workflow that runs here."""
    return await asyncio.get_running_loop().run_in_executor(None, Context().run, call)
