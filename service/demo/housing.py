"""Body 15: over its quota by one, its item overdue, its request suspended until it is closed."""

from service.demo.asking import previewed, rules_of, withdrawn, written
from service.demo.items import DEADLINE_HIGH, at_work, closed, registered
from service.demo.scene import Scene, Situation


async def _housing(scene: Scene) -> None:
    stage = scene.stage
    line = await stage.line(scene.no)
    scene.check("超编", "over its quota", 1, line["over"])
    item = await registered(scene, "OVER_QUOTA", "行政编制超编1名", "核定25名，实有26名。")
    await at_work(scene, item, DEADLINE_HIGH)
    seen = await item.seen()
    scene.check("严重程度", "severity", "HIGH", seen["severity"])
    if not seen["is_overdue"]:
        await stage.wake(await stage.working_days(DEADLINE_HIGH + 1))
        scene.step(f"时钟拨至{stage.today}，已过整改期限", f"it is {stage.today}, past its due day")

    async def is_overdue() -> bool:
        return bool((await item.seen())["is_overdue"])

    await scene.until("逾期", "overdue", is_overdue)
    light = (await item.seen())["light"]
    scene.check("红绿灯", "light", "RED", light and light["light"])
    deltas = [stage.change(scene.no, 25, 26)]
    found = (await previewed(scene, "M11", deltas))["gate"]
    scene.check("预览关口", "gate of a preview", "BLOCK", found["result"])
    scene.check("命中规则", "rule of A-DT4", ["1"], rules_of(found["hits"], "BLOCK"))
    matter = await written(scene, "M11", "关于增加行政编制1名的请示", deltas)
    await matter.run("intake_check", "decide_on_hold")
    seen = await matter.seen()
    scene.step("党组集体决定并报送", "adopted by the Party group and filed")
    scene.check("中止办理", "suspended", "SUSPENDED_BY_GATE", seen["state"])
    scene.check("关口", "gate", "BLOCK", seen["gate"])
    await closed(scene, item)
    scene.check("事项状态", "item", "CLOSED", (await item.seen())["state"])

    async def is_released() -> bool:
        return any(each["element"] == "intake_check" for each in (await matter.seen())["tasks"])

    await scene.until("销号后恢复办理，待受理", "released, at the counter", is_released)
    await withdrawn(scene, matter)


HOUSING = Situation("15", "市住建局超编且整改逾期", "over its quota, its item overdue", _housing)
